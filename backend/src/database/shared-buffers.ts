import { totalmem } from 'node:os';

const MB = 2 ** 20;
const LEAST_MB = 128;
const MOST_MB = 1024;
/** Half of what Postgres advises for a machine of its own: here encoders and the system's cache want some, too. */
const SHARE = 1 / 8;

/** Pure: how much memory Postgres keeps its pages in. Search at a million tracks wants all of its lists in there. */
export const sharedBuffersMb = (memory: number): number =>
  Math.min(MOST_MB, Math.max(LEAST_MB, Math.floor((memory * SHARE) / MB)));

/** Of the machine, or of the container if that may have less. */
export const memoryBytes = (): number => {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
};
