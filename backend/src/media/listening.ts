import { type FfmpegOutput, type FfmpegRun, runFfmpeg } from './ffmpeg.js';
import { factGraph } from './fact-graph.js';
import type { FfmpegTools } from './find-ffmpeg.js';
import type { Priority } from './launcher.js';
import { readLoudness } from './loudness.js';
import { MediaError } from './media-error.js';
import { MomentaryLevels } from './momentary-levels.js';
import type { Probe } from './probe.js';
import { ProgramPriority } from './program-priority.js';
import { seeksExactly } from './seek-exactness.js';
import { type AnalysedSource, analyseHere, type Analyst } from './sound-analysis.js';
import type { Branch, SoundFacts } from './sound-facts.js';
import { rangeAccess, type SourceRange, WHOLE_FILE } from './source-range.js';
import type { TextTail } from './text-tail.js';

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly priority?: Priority;
  /** Where samples are analysed: in this thread where nothing is said. */
  readonly openAnalyst?: (source: AnalysedSource) => Analyst;
}

const MEASURE_LIMIT_MS = 3_600_000;

export const branchesOf = (branches: ReadonlySet<Branch>, tools: FfmpegTools): ReadonlySet<Branch> =>
  new Set([...branches].filter((branch) => branch !== 'fingerprint' || tools.chromaprint));

/** Written when the buffer is full, not after each packet: a packet of MP3 is 5 KB, and each write wakes us up. */
const SAMPLES = ['-f', 's16le', '-flush_packets', '0'];

export interface Listening {
  readonly input: string;
  readonly source: Probe;
  readonly branches: ReadonlySet<Branch>;
  /** The samples that are heard; all of them where nothing is said. */
  readonly range?: SourceRange;
  readonly oneForm?: FfmpegRun['oneForm'];
}

export interface Told {
  readonly sound: SoundFacts;
  /** 0 where the source's own samples were not asked for. */
  readonly sampleCount: number;
  /** Complaints of the decoder. */
  readonly errors: number;
  readonly changesForm: boolean;
}

/** One decode for all that can be heard; a second one, of a file whose form changes on the way, hears it in one form. */
export async function tell(
  tools: FfmpegTools,
  heard: Listening,
  options: MeasureOptions,
  more: readonly FfmpegOutput[] = [],
): Promise<Told> {
  const told = await listen(tools, heard, options, more);
  return told.changesForm ? { ...told, ...(await tellInOneForm(tools, heard, options)) } : told;
}

/** As every rendition of a file whose form changes on the way is made. */
export async function tellInOneForm(
  tools: FfmpegTools,
  heard: Listening,
  options: MeasureOptions,
): Promise<Pick<Told, 'sound' | 'sampleCount'>> {
  const source = { ...heard.source, channels: 2 };
  const { sound, sampleCount } = await listen(tools, { ...heard, source, oneForm: heard.source }, options);
  return { sound, sampleCount };
}

/** One run of ffmpeg, with an output for each branch. */
async function listen(
  tools: FfmpegTools,
  { input, source, branches, range = WHOLE_FILE, oneForm }: Listening,
  options: MeasureOptions,
  more: readonly FfmpegOutput[] = [],
): Promise<Told> {
  const analyst = (options.openAnalyst ?? analyseHere)(source);
  const seeks =
    range.fromSample > 0 && oneForm === undefined && (await seeksExactly(source.container, input));
  const access = rangeAccess(range, source.sampleRateHz, seeks);
  const levels = new MomentaryLevels();
  const codes: Buffer[] = [];
  const outputs: Readonly<Record<Branch, FfmpegOutput>> = {
    pcm: { args: ['-map', '[pcm]', ...SAMPLES], sink: (chunk) => analyst.add('pcm', chunk) },
    loudness: { args: ['-map', '[loudness]', '-f', 'null'], sink: null },
    mono: { args: ['-map', '[mono]', ...SAMPLES], sink: (chunk) => analyst.add('mono', chunk) },
    fingerprint: {
      args: ['-map', '[fingerprint]', '-f', 'chromaprint', '-fp_format', 'raw'],
      sink: (chunk) => void codes.push(Buffer.from(chunk)),
    },
  };
  try {
    const said = await decode(tools, options, {
      input,
      inputArgs: access.inputArgs,
      oneForm,
      filterComplex: factGraph(source, branches, access.filters),
      outputs: [...[...branches].map((branch) => outputs[branch]), ...more],
      verbosity: 'info',
      onLine: levels.add,
    });
    const analysis = await analyst.finish();
    return {
      sound: {
        pcm: branches.has('pcm') ? analysis.pcm : null,
        loudness: branches.has('loudness')
          ? { ...readLoudness(said.text), momentaryLevels: levels.pack() }
          : null,
        fingerprint: branches.has('fingerprint') ? Buffer.concat(codes) : null,
        mono: branches.has('mono') ? analysis.mono : null,
      },
      sampleCount: analysis.sampleCount,
      errors: said.errorCount,
      changesForm: said.beginnings > 1,
    };
  } finally {
    analyst.close();
  }
}

/** Throws MediaError UNDECODABLE where the decoder fails of the file. */
export async function decode(
  tools: FfmpegTools,
  { signal, timeoutMs = MEASURE_LIMIT_MS, priority = 'normal' }: MeasureOptions,
  run: Omit<FfmpegRun, keyof MeasureOptions>,
): Promise<TextTail> {
  try {
    return await runFfmpeg(tools, { ...run, signal, timeoutMs, priority: new ProgramPriority(priority) });
  } catch (error) {
    if (!(error instanceof MediaError && error.code === 'FFMPEG_FAILED')) throw error;
    throw new MediaError('UNDECODABLE', 'The sound in this file cannot be decoded: it is damaged.', {
      cause: error,
    });
  }
}
