/** Every job and its payload: ids, never objects, so that a job read later sees the row as it is then. */
export interface JobMap {
  'ingest.scan': { readonly libraryId: string };
  'ingest.analyse': { readonly fileId: string };
  'ingest.remeasure': { readonly trackId: string };
  'transcode.track': { readonly trackId: string };
  'catalog.sort-keys': { readonly rules: string };
  'search.rebuild': { readonly index: 'search' };
  'recommend.train': { readonly trainingId: string };
  'recommend.weekly': { readonly userId: string };
}

export type JobName = keyof JobMap;

/**
 * A handler may run twice for one job and must have the same outcome; the signal ends it when the worker stops. In its
 * last attempt it says for good what could not be done: nobody comes back to a job that failed.
 */
export type JobHandlers = {
  readonly [N in JobName]: (data: JobMap[N], signal: AbortSignal, isLastAttempt: boolean) => Promise<void>;
};

/** Higher runs first. */
export const PRIORITY = { waiting: 100, next: 50, liked: 20, fresh: 10, idle: 0 } as const;

/** How each queue behaves: one queued job a key, how many run at once in a worker, how long one may take. */
export const QUEUES = {
  'ingest.scan': { concurrency: () => 1, expireInSeconds: 24 * 3600, retryLimit: 5 },
  'ingest.analyse': { concurrency: (cores: number) => cores, expireInSeconds: 3600, retryLimit: 3 },
  'ingest.remeasure': {
    concurrency: (cores: number) => Math.max(1, Math.floor(cores / 2)),
    expireInSeconds: 6 * 3600,
    retryLimit: 3,
  },
  'transcode.track': { concurrency: (cores: number) => cores, expireInSeconds: 6 * 3600, retryLimit: 3 },
  'catalog.sort-keys': { concurrency: () => 1, expireInSeconds: 6 * 3600, retryLimit: 3 },
  'search.rebuild': { concurrency: () => 1, expireInSeconds: 3600, retryLimit: 1 },
  'recommend.train': { concurrency: () => 1, expireInSeconds: 12 * 3600, retryLimit: 2 },
  'recommend.weekly': { concurrency: () => 1, expireInSeconds: 600, retryLimit: 2 },
} as const satisfies Record<
  JobName,
  { concurrency: (cores: number) => number; expireInSeconds: number; retryLimit: number }
>;

export const JOB_NAMES: readonly JobName[] = [
  'ingest.scan',
  'ingest.analyse',
  'ingest.remeasure',
  'transcode.track',
  'catalog.sort-keys',
  'search.rebuild',
  'recommend.train',
  'recommend.weekly',
];
