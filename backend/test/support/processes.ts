import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** One that has ended and only waits for its parent to ask for its exit code is no longer running. */
const ZOMBIE = 'Z';

/** Small images of Linux have no ps; other systems have no /proc. */
const findRunning = (): readonly RunningProcess[] =>
  existsSync('/proc/self/stat') ? readdirSync('/proc').flatMap(fromProc) : fromPs();

/** `pid (name) state parent …`; the name may hold anything, brackets too. */
const fromProc = (name: string): readonly RunningProcess[] => {
  if (!/^\d+$/.test(name)) return [];
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return state === ZOMBIE ? [] : [{ pid: Number(name), parent: Number(parent), command }];
  } catch {
    // It ended while it was looked at.
    return [];
  }
};

const fromPs = (): readonly RunningProcess[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, state = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined || state.startsWith(ZOMBIE)
        ? []
        : [{ pid: Number(pid), parent: Number(parent), command }];
    });

export const isAlive = (pid: number): boolean => findRunning().some((each) => each.pid === pid);

/** Everything that a process started, and what that started. */
export const descendantsOf = (pid: number): readonly RunningProcess[] => {
  const all = findRunning();
  const within = new Set([pid]);
  for (let size = 0; size !== within.size;) {
    size = within.size;
    for (const each of all) if (within.has(each.parent)) within.add(each.pid);
  }
  return all.filter((each) => each.pid !== pid && within.has(each.pid));
};

/** The worker of a one-machine installation. @throws when there is none */
export const workerOf = (pid: number): RunningProcess => {
  const worker = descendantsOf(pid).find((each) => each.parent === pid && each.command.includes('worker.js'));
  if (worker === undefined) throw new Error(`the server ${pid} has no worker`);
  return worker;
};
