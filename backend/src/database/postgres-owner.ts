import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Postgres refuses to run as root: there it runs as the user postgres. Null when root did not start Kanade. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const idOf = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);

/** The user that Postgres needs when root starts Kanade, made when it is missing. */
export const postgresOwner = async (): Promise<Owner | null> => {
  if (process.getuid?.() !== 0) return null;
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

const canPass = (folder: string, owner: Owner): boolean => {
  const { mode, uid, gid } = statSync(folder);
  if (uid === owner.uid) return (mode & 0o100) !== 0;
  return (mode & (gid === owner.gid ? 0o010 : 0o001)) !== 0;
};

/** Whether that user may walk from the root of the file system to this folder. */
export const canReach = (folder: string, owner: Owner): boolean =>
  canPass(folder, owner) && (dirname(folder) === folder || canReach(dirname(folder), owner));

/**
 * Runs a program of Postgres as that user. Where root keeps the project or its data in a folder closed to others
 * (mktemp -d, /root), the user is given the one capability that lets it pass, instead of opening folders that are not ours.
 */
export const runAsOwner = async (
  owner: Owner | null,
  folders: readonly string[],
  program: string,
  args: readonly string[],
): Promise<void> => {
  if (owner === null) {
    await run(program, [...args]);
    return;
  }
  if (folders.every((folder) => canReach(folder, owner))) {
    await run(program, [...args], { ...owner, cwd: '/' });
    return;
  }
  const become = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  await run('setpriv', [...become, '--', program, ...args], { cwd: '/' });
};
