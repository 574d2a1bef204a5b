import type { Database } from '../database/database.js';
import type { JobQueue } from '../jobs/job-queue.js';
import type { FfmpegTools } from '../media/find-ffmpeg.js';
import type { ObjectStore } from '../storage/object-store.js';

/** What is looked at: one installation, running or not. */
export interface House {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly store: ObjectStore;
  readonly tools: FfmpegTools;
  /** Reads and decodes every byte instead of a sample of them. */
  readonly deep: boolean;
  /** What is younger and belongs to nobody may belong to somebody soon. */
  readonly graceMs: number;
  readonly mending: Mending;
}

/** What mending needs of rooms that own the rows. */
export interface Mending {
  /** Made at the first use: looking alone leaves the queues as they are. */
  readonly jobs: () => Promise<JobQueue>;
  /** Files that are gone, and their tracks. */
  readonly markMissing: (fileIds: readonly string[]) => Promise<void>;
  /** What dead workers held, and what waits without a job, waits its turn again. */
  readonly requeueRenditions: () => Promise<void>;
  /** Processes that serve segments forget what they know of this track. */
  readonly announceTrack: (trackId: string) => Promise<void>;
}

export type InvariantId = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10';

/** One thing for which an invariant does not hold. */
export interface Broken {
  /** “rendition 0197… (aac 160)”. */
  readonly what: string;
  readonly problem: string;
  /** Makes it hold again; absent where only a person can. */
  readonly mend?: () => Promise<void>;
}

export interface Invariant {
  readonly id: InvariantId;
  /** What holds, in a sentence. */
  readonly holds: string;
  readonly find: (house: House) => AsyncIterable<Broken>;
}

/** Pure: file names may hold line breaks, and a broken invariant is one line. */
export const lineOf = (id: InvariantId, { what, problem }: Broken): string =>
  `${id} ${what}: ${problem}`.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
