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

/** The name and the state of a process, as Linux alone tells them; null elsewhere. */
const statOf = (pid: number): { readonly name: string; readonly state: string } | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const end = stat.lastIndexOf(')');
    return { name: stat.slice(stat.indexOf('(') + 1, end), state: stat.slice(end + 2, end + 3) };
  } catch {
    return null;
  }
};

/**
 * Whether a living server has that process id. A dead one that nobody reaped is none; nor is another program, which
 * gets the id after a power cut (in a container, where few ids are in use, nearly always).
 */
export const isPostmaster = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Under another user.
    if (errorCode(error) !== 'EPERM') return false;
  }
  const stat = statOf(pid);
  return stat === null || (stat.name === 'postgres' && stat.state !== 'Z');
};
