import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const FSCK = fileURLToPath(new URL('../../dist/fsck.js', import.meta.url));

export interface FsckResult {
  readonly code: number;
  /** A broken invariant each. */
  readonly lines: readonly string[];
  readonly said: string;
}

/** The program as `npm run fsck` starts it. */
export const fsck = (dataDir: string, ...flags: readonly string[]): Promise<FsckResult> =>
  fsckWith({}, dataDir, ...flags);

/** With more in its environment, such as where the database is. */
export const fsckWith = (
  env: Readonly<Record<string, string>>,
  dataDir: string,
  ...flags: readonly string[]
): Promise<FsckResult> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [FSCK, '--data', dataDir, ...flags],
      { env: { ...process.env, NODE_OPTIONS: '', ...env }, maxBuffer: 1 << 24 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
        resolve({ code, lines: stdout.split('\n').filter((line) => line !== ''), said: stderr });
      },
    );
  });
