import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { FfmpegTools } from '../../src/media/find-ffmpeg.js';

const run = promisify(execFile);
const LIMIT_MS = 60_000;

/** ffmpeg's own list of what a segment may be called is shorter than the specifications. */
const extensionsOf = (source: string): readonly string[] =>
  source.includes('.m3u8') ? ['-allowed_extensions', 'ALL'] : [];

/** What a program that knows nothing of ours finds in a file or behind a manifest. */
export interface StreamFacts {
  readonly index: number;
  readonly codec: string;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** All that is in the file, with the priming that an edit list cuts away; behind a manifest nobody counts them. */
  readonly samples: number;
  readonly bitrateKbps: number;
}

interface ProbedStream {
  readonly index: number;
  readonly codec_name: string;
  readonly sample_rate: string;
  readonly channels: number;
  readonly duration_ts?: number;
  readonly bit_rate?: string;
}

export const probeStreams = async (tools: FfmpegTools, source: string): Promise<readonly StreamFacts[]> => {
  const { stdout } = await run(
    tools.ffprobePath,
    ['-v', 'error', '-of', 'json', ...extensionsOf(source), '-show_streams', source],
    { timeout: LIMIT_MS },
  );
  const { streams } = JSON.parse(stdout) as { readonly streams: readonly ProbedStream[] }; // ffprobe's own shape.
  return streams.map((stream) => ({
    index: stream.index,
    codec: stream.codec_name,
    sampleRateHz: Number(stream.sample_rate),
    channels: stream.channels,
    samples: stream.duration_ts ?? 0,
    bitrateKbps: Number(stream.bit_rate) / 1000,
  }));
};

/** Reads a file or a manifest to its end, and keeps the samples. @throws when ffmpeg complains of anything */
export const decodeToEnd = async (
  tools: FfmpegTools,
  source: string,
  { format = 's16le', stream = '0:a:0' } = {},
): Promise<Buffer> => {
  const { stdout, stderr } = await run(
    tools.ffmpegPath,
    [
      ...['-v', 'error', '-nostdin', ...extensionsOf(source), '-i', source],
      ...['-map', stream, '-f', format, 'pipe:1'],
    ],
    { encoding: 'buffer', maxBuffer: 1 << 28, timeout: LIMIT_MS },
  );
  if (stderr.length > 0) throw new Error(stderr.toString());
  return stdout;
};

export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
