import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRungs } from '../../src/media/encode.js';
import { measure, type TrackFacts } from '../../src/media/facts.js';
import type { FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER } from '../../src/media/ladder.js';
import { MediaError } from '../../src/media/media-error.js';
import type { TagReaderPool } from '../../src/media/tag-reader-pool.js';

/** Ugly files of other projects' tests, beside this project where they are at hand. */
export const CORPUS = join(import.meta.dirname, '../../../../shared/data/fixtures');
export const hasCorpus = existsSync(CORPUS);

export async function corpusFiles(folder = CORPUS): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

export interface Verdict {
  readonly file: string;
  readonly state: 'ready' | 'rejected';
  /** `ready`, or what the file was rejected by. */
  readonly code: string;
  readonly reason: string;
  /** What its tags ended with: `read` or a code. */
  readonly tags: string;
  readonly encodedBytes: number;
  readonly ms: number;
}

/** One file through all that opens it: the tag reader, the measurement and, when it is ready, an encoder. */
export async function judgeFile(tools: FfmpegTools, pool: TagReaderPool, file: string): Promise<Verdict> {
  const begun = performance.now();
  const [reading] = await pool.read([file], { pictures: true });
  const tags = reading !== undefined && 'error' in reading ? reading.error.code : 'read';
  const facts = await measure(tools, file).catch((error: unknown) => {
    if (error instanceof MediaError) return error;
    throw error;
  });
  const isReady = !(facts instanceof MediaError);
  const encodedBytes = isReady ? await encodedSize(tools, file, facts) : 0;
  return {
    file: file.slice(CORPUS.length + 1),
    state: isReady ? 'ready' : 'rejected',
    code: isReady ? 'ready' : facts.code,
    reason: isReady ? '' : facts.message,
    tags,
    encodedBytes,
    ms: Math.round(performance.now() - begun),
  };
}

async function encodedSize(tools: FfmpegTools, path: string, facts: TrackFacts): Promise<number> {
  let bytes = 0;
  const bitDepth = facts.lossless ? facts.bitDepth : null;
  await encodeRungs(tools, { ...facts, path, bitDepth }, LADDER.slice(0, 1), {
    onChunk: (_, chunk) => void (bytes += chunk.length),
  });
  return bytes;
}

/** What is wrong with how a file ended; nothing for most. */
export function faultsOf({ file, state, code, reason, tags, encodedBytes, ms }: Verdict): readonly string[] {
  const faults = [
    ...(state === 'ready' && encodedBytes === 0 ? ['ready, but nothing was encoded'] : []),
    ...(state === 'rejected' && !/^[A-Z].*\.$/.test(reason)
      ? [`rejected without a sentence: ${reason}`]
      : []),
    ...(['TIMED_OUT', 'CANCELLED', 'FFMPEG_FAILED', 'SYSTEM_FAULT', 'NO_FFMPEG'].includes(code)
      ? [`ended as ${code}`]
      : []),
    ...(['READER_DIED', 'TIMED_OUT'].includes(tags) ? [`its tags ended as ${tags}`] : []),
    ...(ms > 30_000 ? [`took ${ms} ms`] : []),
  ];
  return faults.map((fault) => `${file}: ${fault}`);
}

/** Two at a time, as a machine of two cores would. */
export async function judgeAll(
  tools: FfmpegTools,
  pool: TagReaderPool,
  files: readonly string[],
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const waiting = [...files];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
      verdicts.push(await judgeFile(tools, pool, file));
  };
  await Promise.all([work(), work()]);
  return verdicts;
}
