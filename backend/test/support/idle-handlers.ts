import type { JobHandlers } from '../../src/jobs/job-map.js';

const nothing = (): Promise<void> => Promise.resolve();

/** Every job is done at once; a test puts its own in the place of those that it is about. */
export const IDLE_HANDLERS: JobHandlers = {
  'ingest.scan': nothing,
  'ingest.analyse': nothing,
  'ingest.remeasure': nothing,
  'transcode.track': nothing,
  'catalog.sort-keys': nothing,
  'search.rebuild': nothing,
  'recommend.train': nothing,
  'recommend.weekly': nothing,
};
