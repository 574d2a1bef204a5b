import { readFileSync } from 'node:fs';
import { errorCode } from '../common/error-code.js';

/** The first lines of postmaster.pid: process id, data folder, start time, port. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Pure: null when the text is not that of a started server (a half-written file holds fewer lines). */
export const parsePostmasterPid = (text: string): Postmaster | null => {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 1 && Number.isInteger(port) && port > 0 ? { pid, port } : null;
};

/** Has ended, and only waits for a parent to ask how; told on Linux alone. */
const isZombie = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
};

/** Whether a process of that id lives; EPERM means that it does, under another user. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
};
