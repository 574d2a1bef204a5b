import { runFfmpeg } from './ffmpeg.js';
import type { FfmpegTools } from './find-ffmpeg.js';

const COUNT_LIMIT_MS = 3_600_000;
const STEREO_BYTES = 4;

/**
 * How many stereo samples a file decodes to, whatever its header promises: a chunk of a long track says how far it lies
 * from the beginning of the whole. Throws as runFfmpeg does.
 */
export async function countSamples(tools: FfmpegTools, path: string): Promise<number> {
  let bytes = 0;
  await runFfmpeg(tools, {
    input: path,
    outputs: [
      {
        args: ['-map', '0:a:0', '-ac', '2', '-f', 's16le'],
        sink: (chunk) => void (bytes += chunk.length),
      },
    ],
    verbosity: 'error',
    timeoutMs: COUNT_LIMIT_MS,
  });
  return bytes / STEREO_BYTES;
}
