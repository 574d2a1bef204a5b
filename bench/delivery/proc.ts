import { readFileSync } from 'node:fs';

/** Seconds a clock tick lasts: Linux has counted a hundredth everywhere for decades. */
const TICK_SECONDS = 0.01;

const statOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];

/** CPU seconds that a process has used by itself, in user and kernel mode. */
export const cpuSeconds = (pid: number): number =>
  [11, 12].reduce((sum, index) => sum + Number(statOf(pid)[index]), 0) * TICK_SECONDS;

/** CPU seconds of this process' children that have ended. */
export const endedChildrenSeconds = (): number =>
  [13, 14].reduce((sum, index) => sum + Number(statOf(process.pid)[index]), 0) * TICK_SECONDS;

export const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) * 1024;
