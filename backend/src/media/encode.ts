import { type FfmpegTools } from './find-ffmpeg.js';
import { runFfmpeg } from './ffmpeg.js';
import { cutOf, type FrameRun } from './frame-run.js';
import { type Rung, rungArgs, type RungSource, sharedFilters } from './ladder.js';
import { probe } from './probe.js';
import type { ProgramPriority } from './program-priority.js';
import { type PathBytes, withReadablePath } from './readable-path.js';
import { seeksExactly } from './seek-exactness.js';
import {
  NO_CUT,
  type RangeAccess,
  rangeAccess,
  rangeWithin,
  type SourceRange,
  WHOLE_FILE,
} from './source-range.js';

export interface EncodeSource extends Omit<RungSource, 'channelLayout'> {
  readonly path: PathBytes;
  /** ffmpeg's name; null where nobody knows it. */
  readonly container?: string | null;
  /** Its channels or rate are others later in the file. */
  readonly changesForm?: boolean;
  /** The samples of the file that are the track; all of them where nothing is said. */
  readonly range?: SourceRange;
}

export interface EncodeOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly priority?: ProgramPriority;
  /** Makes only these frames, and before them the lead, in fragments of its own; needs rungs of one codec. */
  readonly frames?: FrameRun;
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
  described: EncodeSource,
  rungs: readonly Rung[],
  options: EncodeOptions,
): Promise<void> {
  const source = described.changesForm === true ? { ...described, channels: 2 } : described;
  await withReadablePath(source.path, async (input) => {
    // Only a mix of more than two channels depends on where the speakers stand.
    const channelLayout = source.channels > 2 ? (await probe(tools, input, options)).channelLayout : null;
    const full = { ...source, channelLayout };
    const [first] = rungs;
    const cut =
      options.frames === undefined || first === undefined
        ? NO_CUT
        : cutOf(first.codec, source.sampleRateHz, options.frames);
    const { inputArgs, filters } = await accessTo(source, rangeWithin(source.range ?? WHOLE_FILE, cut.range));
    const part = { access: filters, cut };
    const shared = rungs.length === 1 ? undefined : sharedFilters(rungs, full, part);
    await runFfmpeg(tools, {
      input,
      inputArgs,
      oneForm: source.changesForm === true ? { ...source, lossless: source.bitDepth !== null } : undefined,
      filterComplex: shared?.filterComplex,
      outputs: rungs.map((rung, index) => ({
        args: shared?.outputs[index] ?? rungArgs(rung, full, part),
        sink: (chunk) => options.onChunk(rung, chunk),
      })),
      verbosity: 'error',
      signal: options.signal,
      timeoutMs: options.timeoutMs ?? ENCODE_LIMIT_MS,
      priority: options.priority,
    });
  });
}

/** Whether a seek is exact is only asked where there is one. */
const accessTo = async (
  { path, container = null, sampleRateHz, changesForm = false }: EncodeSource,
  range: SourceRange,
): Promise<RangeAccess> => {
  const seeks = range.fromSample > 0 && !changesForm && (await seeksExactly(container, path));
  return rangeAccess(range, sampleRateHz, seeks);
};
