import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { FfmpegTools } from '../../src/media/find-ffmpeg.js';

const run = promisify(execFile);
const LIMIT_MS = 60_000;
const READ = ['-v', 'error', '-nostdin', '-allowed_extensions', 'ALL'];

export interface StreamFacts {
  readonly index: number;
  readonly codec: string;
  readonly sampleRateHz: number;
  readonly channels: number;
}

interface Probed {
  readonly streams?: readonly {
    readonly index: number;
    readonly codec_name: string;
    readonly sample_rate: string;
    readonly channels: number;
  }[];
  readonly packets?: readonly { readonly duration: number; readonly pts: number; readonly size: string }[];
}

const probe = async (tools: FfmpegTools, args: readonly string[]): Promise<Probed> => {
  const { stdout } = await run(tools.ffprobePath, ['-v', 'error', '-of', 'json', ...args], {
    maxBuffer: 1 << 26,
    timeout: LIMIT_MS,
  });
  return JSON.parse(stdout) as Probed; // The shape is ffprobe's own.
};

/** What a program that knows nothing of ours finds in a file or behind a manifest. */
export const probeStreams = async (tools: FfmpegTools, source: string): Promise<readonly StreamFacts[]> => {
  const isPlaylist = source.includes('.m3u8');
  const { streams = [] } = await probe(tools, [
    ...(isPlaylist ? ['-allowed_extensions', 'ALL'] : []),
    '-show_streams',
    source,
  ]);
  return streams.map((stream) => ({
    index: stream.index,
    codec: stream.codec_name,
    sampleRateHz: Number(stream.sample_rate),
    channels: stream.channels,
  }));
};

/** Samples that the packets of a file last, and the bytes that they take. */
export const probePackets = async (
  tools: FfmpegTools,
  path: string,
): Promise<{ readonly samples: number; readonly bytes: number; readonly packets: number }> => {
  const { packets = [] } = await probe(tools, ['-select_streams', 'a:0', '-show_packets', path]);
  return {
    samples: packets.reduce((sum, packet) => sum + packet.duration, 0),
    bytes: packets.reduce((sum, packet) => sum + Number(packet.size), 0),
    packets: packets.length,
  };
};

/** Reads a file or a manifest to its end, and keeps the samples. @throws when ffmpeg complains of anything */
export const decodeToEnd = async (
  tools: FfmpegTools,
  source: string,
  { format = 's16le', stream = '0:a:0' } = {},
): Promise<Buffer> => {
  const input = source.includes('.m3u8') ? READ : READ.slice(0, 3);
  const { stdout, stderr } = await run(
    tools.ffmpegPath,
    [...input, '-i', source, '-map', stream, '-f', format, 'pipe:1'],
    { encoding: 'buffer', maxBuffer: 1 << 28, timeout: LIMIT_MS },
  );
  if (stderr.length > 0) throw new Error(stderr.toString());
  return stdout;
};

export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
