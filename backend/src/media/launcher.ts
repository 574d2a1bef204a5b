import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs that a decoder is started through, where this machine has them. */
export interface LaunchPrograms {
  readonly env: string | null;
  readonly nice: string | null;
  readonly setpriv: string | null;
}

/**
 * All below interactive work. `waiting`: a listener hears silence until it is done. `idle`: nobody waits; beside one of
 * the others on a core it gets about an eighth of it.
 */
export const NICENESS = { waiting: 5, normal: 10, idle: 19 } as const;
export type Priority = keyof typeof NICENESS;

/** Nothing of the service's environment: a decoder bug must find no secrets there. */
export const CHILD_ENVIRONMENT = { LC_ALL: 'C' } as const;

/**
 * Pure: the command line that starts `program` with an empty environment, at a low priority, and (on Linux) so that
 * the kernel kills it when this process dies. Elsewhere it ends by SIGPIPE, since it always writes to our pipes.
 * All of them exec in place: the process id stays the program's.
 */
export function launchLine(
  program: string,
  args: readonly string[],
  tools: LaunchPrograms,
  priority: Priority = 'normal',
): [string, ...string[]] {
  const environment = Object.entries(CHILD_ENVIRONMENT).map(([name, value]) => `${name}=${value}`);
  const [first, ...rest] = [
    ...(tools.env === null ? [] : [tools.env, '-i', ...environment]),
    ...(tools.nice === null ? [] : [tools.nice, '-n', String(NICENESS[priority])]),
    ...(tools.setpriv === null ? [] : [tools.setpriv, '--pdeathsig', 'KILL', '--']),
    program,
    ...args,
  ];
  return [first ?? program, ...rest];
}

/** The first executable of that name in a PATH-like list, or null. */
export function whichIn(name: string, path: string): string | null {
  const suffixes = process.platform === 'win32' ? ['.exe'] : [''];
  for (const folder of path.split(delimiter).filter((part) => part !== ''))
    for (const suffix of suffixes) {
      const candidate = join(folder, name + suffix);
      if (isExecutable(candidate)) return candidate;
    }
  return null;
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const SYSTEM_FOLDERS = ['/usr/bin', '/bin', '/usr/local/bin'].join(delimiter);
const found = (name: string): string | null =>
  process.platform === 'win32' ? null : whichIn(name, SYSTEM_FOLDERS);

export const LAUNCH_PROGRAMS: LaunchPrograms = {
  env: found('env'),
  nice: found('nice'),
  setpriv: process.platform === 'linux' ? found('setpriv') : null,
};
