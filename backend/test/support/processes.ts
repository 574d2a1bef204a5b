import { readFileSync, readdirSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** `pid (name) state parent …`; the name may hold anything, brackets too. */
const readStat = (pid: number): { readonly state: string; readonly parent: number } | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
};

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
};

/** A process that has ended and is only waiting for its parent to ask for its exit code is not alive. */
export const isAlive = (pid: number): boolean => {
  const stat = readStat(pid);
  return stat !== null && stat.state !== 'Z';
};

/** Everything that a process started, and what that started. */
export const descendantsOf = (pid: number): readonly RunningProcess[] => {
  const all = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : null;
    return stat === null || stat.state === 'Z' ? [] : [{ pid: Number(name), parent: stat.parent }];
  });
  const found: RunningProcess[] = [];
  const parents = new Set([pid]);
  for (let size = -1; size !== parents.size;) {
    size = parents.size;
    for (const each of all) {
      if (!parents.has(each.parent) || parents.has(each.pid)) continue;
      parents.add(each.pid);
      found.push({ ...each, command: commandOf(each.pid) });
    }
  }
  return found;
};

/** The worker of a one-machine installation. @throws when there is none */
export const workerOf = (pid: number): RunningProcess => {
  const worker = descendantsOf(pid).find(
    ({ parent, command }) => parent === pid && command.includes('worker.js'),
  );
  if (worker === undefined) throw new Error(`the server ${pid} has no worker`);
  return worker;
};
