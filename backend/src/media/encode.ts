import { type FfmpegTools } from './find-ffmpeg.js';
import { runFfmpeg } from './ffmpeg.js';
import { type Rung, rungArgs, type RungSource, sharedFilters } from './ladder.js';
import { probe } from './probe.js';
import type { ProgramPriority } from './program-priority.js';
import { type PathBytes, withReadablePath } from './readable-path.js';

export interface EncodeSource extends Omit<RungSource, 'channelLayout'> {
  readonly path: PathBytes;
}

export interface EncodeOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly priority?: ProgramPriority;
  /** Gets each rung's file in order, piece by piece; all rungs wait while the promise is pending. */
  readonly onChunk: (rung: Rung, chunk: Buffer) => void | Promise<void>;
}

const ENCODE_LIMIT_MS = 6 * 3_600_000;

/**
 * Encodes a source into one fragmented MP4 a rung, by one ffmpeg that decodes once and resamples once a codec. The bytes of a rung do not depend
 * on which others are asked for. Throws MediaError FFMPEG_FAILED, TIMED_OUT, CANCELLED or what onChunk threw.
 */
export async function encodeRungs(
  tools: FfmpegTools,
  source: EncodeSource,
  rungs: readonly Rung[],
  options: EncodeOptions,
): Promise<void> {
  await withReadablePath(source.path, async (input) => {
    // Only a mix of more than two channels depends on where the speakers stand.
    const channelLayout = source.channels > 2 ? (await probe(tools, input, options)).channelLayout : null;
    const full = { ...source, channelLayout };
    const [only] = rungs.length === 1 ? rungs : [];
    const shared = only === undefined ? sharedFilters(rungs, full) : undefined;
    await runFfmpeg(tools, {
      input,
      filterComplex: shared?.filterComplex,
      outputs: rungs.map((rung, index) => ({
        args: shared?.outputs[index] ?? rungArgs(rung, full),
        sink: (chunk) => options.onChunk(rung, chunk),
      })),
      verbosity: 'error',
      signal: options.signal,
      timeoutMs: options.timeoutMs ?? ENCODE_LIMIT_MS,
      priority: options.priority,
    });
  });
}
