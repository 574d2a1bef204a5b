import { readFileSync } from 'node:fs';

/** A connection each for the player and a segment on its way, twice over. */
const FILES_A_LISTENER = 2;
/** Rendition files kept open, database, logs and everything else. */
const OWN_FILES = 1024;
const ENOUGH = 4096;

/** What the system lets this process open, or null where it does not say. Node itself has raised it to the hard limit. */
export const openFileLimit = (limits: string): number | null => {
  const [, soft] = /^Max open files\s+(\d+|unlimited)/m.exec(limits) ?? [];
  if (soft === undefined) return null;
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
};

/** A sentence when the limit would be the first thing to fail under many listeners. */
export const openFileProblem = (limit: number | null): string | null => {
  if (limit === null || limit >= ENOUGH) return null;
  const listeners = Math.max(0, Math.floor((limit - OWN_FILES) / FILES_A_LISTENER));
  return (
    `This process may open only ${limit} files, enough for about ${listeners} listeners at once. ` +
    `Raise the limit to 65536 (ulimit -n, LimitNOFILE= of systemd, or ulimits of Docker).`
  );
};

/** Only Linux tells. */
export const readOpenFileLimit = (): number | null => {
  try {
    return openFileLimit(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return null;
  }
};
