import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user that Postgres runs as; empty when that is the user who started Kanade. */
export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

const idOf = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);

/** Postgres refuses to run as root: there it runs as the user postgres, made when it is missing. */
export const postgresOwner = async (): Promise<Owner> => {
  if (process.getuid?.() !== 0) return {};
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  }
};
