import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs that a decoder is started through, where this machine has them. */
export interface LaunchPrograms {
  readonly env: string | null;
  readonly nice: string | null;
  readonly setpriv: string | null;
  readonly prlimit: string | null;
  readonly unshare: string | null;
  readonly sh: string | null;
}

/**
 * All below interactive work. `waiting`: a listener hears silence until it is done. `idle`: nobody waits; beside one of
 * the others on a core it gets about an eighth of it.
 */
export const NICENESS = { waiting: 5, normal: 10, idle: 19 } as const;
export type Priority = keyof typeof NICENESS;

/**
 * Nothing of the service's environment: a decoder bug must find no secrets there. Without a limit on arenas, glibc
 * reserves 64 MB of address space a thread, and a machine with many cores would run into the limit for nothing.
 */
export const CHILD_ENVIRONMENT = { LC_ALL: 'C', MALLOC_ARENA_MAX: '2' } as const;

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

const foundOnLinux = (name: string): string | null => (process.platform === 'linux' ? found(name) : null);

export const LAUNCH_PROGRAMS: LaunchPrograms = {
  env: found('env'),
  nice: found('nice'),
  setpriv: foundOnLinux('setpriv'),
  prlimit: foundOnLinux('prlimit'),
  unshare: foundOnLinux('unshare'),
  sh: foundOnLinux('sh'),
};

const ENDED_BY_OTHERS = /\bsignal SIG|\bwith SIG|^spawn |^Cannot find /;
/** What the programs before it say when they could not start it; ffmpeg and ffprobe begin no line like that. */
const NOT_STARTED = /^(?:env|nice|prlimit|unshare|setpriv|cage|mount|mkdir|chroot): /m;

/** Pure: whether a program was killed or never ran, by what is known of its end and by what was said on stderr. */
export const diedBySystem = (end: string, said: string): boolean =>
  ENDED_BY_OTHERS.test(end) || NOT_STARTED.test(said);
