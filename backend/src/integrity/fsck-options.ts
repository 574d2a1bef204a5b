import { SWEEP_AGE_MS } from '../storage/sweep.js';

export interface FsckOptions {
  readonly deep: boolean;
  readonly repair: boolean;
  readonly graceMs: number;
  /** The server's own options: where the data lie. */
  readonly rest: readonly string[];
}

export const FSCK_USAGE = `Looks whether database, store and music folders agree; a line for each thing that does not.

  npm run fsck [-- --data DIR] [--deep] [--repair] [--grace SECONDS]

  --data DIR       the data folder (default ./data); DATABASE_URL counts as it does for the server
  --deep           reads and decodes every file and rendition, not a sample of 200 of each
  --repair         mends what can be mended: makes renditions and pictures again, removes what belongs to nobody
  --grace SECONDS  what is younger than this may belong to somebody soon (default 3600)

Kanade may be running or not. Exit code 0: everything holds, or was mended; 1: something does not.`;

/** Pure. @throws Error in words */
export const readFsckOptions = (argv: readonly string[]): FsckOptions => {
  let graceMs = SWEEP_AGE_MS;
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at] ?? '';
    if (argument === '--deep' || argument === '--repair') continue;
    if (argument !== '--grace') {
      rest.push(argument);
      continue;
    }
    const seconds = argv[++at] ?? '';
    if (!/^\d{1,9}$/.test(seconds)) throw new Error(`--grace needs a number of seconds, not “${seconds}”`);
    graceMs = Number(seconds) * 1000;
  }
  return { deep: argv.includes('--deep'), repair: argv.includes('--repair'), graceMs, rest };
};
