import { readdirSync } from 'node:fs';
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

/** Linux keeps a priority for each thread, not for the program. */
const threadsOf = (pid: number): readonly number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [pid];
  }
};

const trySetPriority = (id: number, niceness: number): void => {
  try {
    setPriority(id, niceness);
  } catch {
    // Not allowed, or gone meanwhile.
  }
};
