import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { NICENESS, type Priority } from './launcher.js';

/** The priority of one program, which rises when somebody comes to wait for what it makes. */
export class ProgramPriority {
  private pid: number | null = null;

  constructor(private current: Priority) {}

  get level(): Priority {
    return this.current;
  }

  started(pid: number | undefined): void {
    this.pid = pid ?? null;
  }

  /** After this its process id may be somebody else's. */
  ended(): void {
    this.pid = null;
  }

  /**
   * A program that runs already is only lifted where this process has the right to (root, CAP_SYS_NICE); elsewhere it
   * goes on as it was, with the cores that nobody else wants.
   */
  raise(level: Priority): void {
    this.current = level;
    if (this.pid !== null) for (const id of threadsOf(this.pid)) trySetPriority(id, NICENESS[level]);
  }
}

/**
 * Linux keeps a priority for each thread, not for the program; and a program in a room of its own is a child of the
 * process that we started.
 */
const threadsOf = (pid: number): readonly number[] => {
  try {
    const ids = readdirSync(`/proc/${pid}/task`).map(Number);
    return [...ids, ...ids.flatMap((id) => childrenOf(pid, id)).flatMap(threadsOf)];
  } catch {
    return [pid];
  }
};

const childrenOf = (pid: number, thread: number): readonly number[] => {
  const text = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8');
  return text.split(' ').flatMap((id) => (id === '' ? [] : [Number(id)]));
};

const trySetPriority = (id: number, niceness: number): void => {
  try {
    setPriority(id, niceness);
  } catch {
    // Not allowed, or gone meanwhile.
  }
};
