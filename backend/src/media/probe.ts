import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PROBE_INPUT_ARGS, inputUrl } from './audio-input.js';
import type { FfmpegTools } from './find-ffmpeg.js';
import { errorMessage } from '../common/error-code.js';
import { CHILD_ENVIRONMENT, diedBySystem } from './launcher.js';
import { fieldOf, MediaError, systemFault } from './media-error.js';
import { cageDecoder } from './walls.js';

/** What ffprobe reads from the headers of the first audio stream. */
export interface Probe {
  /** ffmpeg's names: `flac`, `mp3`, `vorbis`, `pcm_s16le` …; containers `flac`, `mp3`, `ogg`, `mov`, `wav` … */
  readonly codec: string;
  readonly container: string;
  readonly sampleRateHz: number;
  /** Bits of a sample that mean something; null for a lossy codec. */
  readonly bitDepth: number | null;
  readonly channels: number;
  readonly channelLayout: string | null;
  readonly bitrateKbps: number | null;
  readonly lossless: boolean;
  /** The header's promise, at the stream's rate; null when there is none. */
  readonly headerSamples: number | null;
  /** How sure ffmpeg is of the container, 0 to 100. */
  readonly probeScore: number;
  /** Of the container and the stream, keys in lower case. */
  readonly tags: Readonly<Record<string, string>>;
}

const NUMERIC = z.union([z.string(), z.number()]).transform(Number).optional();
const TAGS = z.record(z.string(), z.string()).optional();

const ANSWER = z.object({
  streams: z.array(
    z.object({
      codec_name: z.string().optional(),
      sample_rate: NUMERIC,
      channels: NUMERIC,
      channel_layout: z.string().optional(),
      bits_per_sample: NUMERIC,
      bits_per_raw_sample: NUMERIC,
      bit_rate: NUMERIC,
      duration: NUMERIC,
      tags: TAGS,
    }),
  ),
  format: z.object({
    format_name: z.string(),
    bit_rate: NUMERIC,
    probe_score: z.number().default(0),
    tags: TAGS,
  }),
});

const run = promisify(execFile);
const PROBE_LIMIT_MS = 30_000;

/**
 * Reads the headers of a file under the same allow-lists as ffmpeg. Throws MediaError NOT_AUDIO (no audio stream, or
 * no format that is let in), SYSTEM_FAULT, TIMED_OUT or CANCELLED.
 */
export async function probe(
  tools: FfmpegTools,
  path: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Probe> {
  const query = [
    '-v',
    'error',
    ...PROBE_INPUT_ARGS,
    '-select_streams',
    'a:0',
    '-show_format',
    '-show_streams',
  ];
  const cage = await cageDecoder({
    program: tools.ffprobePath,
    walls: tools.walls,
    input: path,
    timeoutMs: PROBE_LIMIT_MS,
  });
  const [program, ...args] = cage.line([...query, '-of', 'json', inputUrl(cage.input)]);
  try {
    const { stdout } = await run(program, args, {
      signal,
      timeout: PROBE_LIMIT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 16 << 20,
      env: process.platform === 'win32' ? undefined : CHILD_ENVIRONMENT,
      windowsHide: true,
    });
    return readProbe(JSON.parse(stdout));
  } catch (error) {
    if (error instanceof MediaError) throw error;
    if (signal?.aborted) throw new MediaError('CANCELLED', 'The work was cancelled.', { cause: error });
    if (fieldOf(error, 'killed') === true)
      throw new MediaError('TIMED_OUT', 'The file keeps its reader busy without end.', { cause: error });
    throw failure(error);
  }
}

const UNFINISHED = /moov atom not found/;

/** ffprobe says why on stderr; only what a listener can act on becomes a code of its own. */
function failure(cause: unknown): MediaError {
  const said = String(fieldOf(cause, 'stderr'));
  const signal = fieldOf(cause, 'signal');
  const end = typeof signal === 'string' ? `with ${signal}` : errorMessage(cause);
  if (diedBySystem(end, said)) return systemFault(cause);
  return UNFINISHED.test(said)
    ? new MediaError('TRUNCATED', 'The file is cut off: its index, which comes last, is missing.', { cause })
    : new MediaError('NOT_AUDIO', 'This is not an audio file, or one of a kind that is not played here.', {
        cause,
      });
}

/** Pure: ffprobe's JSON to facts. */
export function readProbe(answer: unknown): Probe {
  const { streams, format } = ANSWER.parse(answer);
  const [stream] = streams;
  if (stream?.codec_name === undefined || !isPositive(stream.sample_rate) || !isPositive(stream.channels))
    throw new MediaError('NOT_AUDIO', 'There is no sound in this file that can be played here.');
  const codec = stream.codec_name;
  const lossless = isLossless(codec);
  const layout = stream.channel_layout;
  return {
    codec,
    container: format.format_name.split(',')[0] ?? format.format_name,
    sampleRateHz: stream.sample_rate,
    bitDepth: lossless ? bitDepth(codec, stream.bits_per_raw_sample, stream.bits_per_sample) : null,
    channels: stream.channels,
    channelLayout: layout === undefined || layout === 'unknown' ? null : layout,
    bitrateKbps: toKbps(stream.bit_rate) ?? toKbps(format.bit_rate),
    lossless,
    headerSamples: isPositive(stream.duration) ? Math.round(stream.duration * stream.sample_rate) : null,
    probeScore: format.probe_score,
    tags: Object.fromEntries(
      [format.tags, stream.tags].flatMap((tags) =>
        Object.entries(tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
      ),
    ),
  };
}

const LOSSLESS =
  /^(?:flac|alac|ape|wavpack|tta|tak|shorten|als|mlp|truehd|wmalossless|dst|dsd_.+|pcm_(?![am]).+)$/;
const isLossless = (codec: string): boolean => LOSSLESS.test(codec);
const isPositive = (value: number | undefined): value is number => value !== undefined && value > 0;
const toKbps = (bitsPerSecond: number | undefined): number | null =>
  isPositive(bitsPerSecond) ? Math.round(bitsPerSecond / 1000) : null;

/** DSD has one bit a sample at a very high rate: what it holds is taken for 24 bits. */
function bitDepth(codec: string, raw: number | undefined, stored: number | undefined): number {
  if (codec.startsWith('dsd_') || codec === 'dst') return 24;
  return [raw, stored].find(isPositive) ?? 16;
}
