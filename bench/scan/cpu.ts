import { readFileSync, readdirSync } from 'node:fs';

/** Seconds a clock tick lasts: Linux has counted a hundredth everywhere for decades. */
const TICK_SECONDS = 0.01;

interface Counted {
  readonly parent: number;
  /** Its own, and that of its children that ended. */
  readonly seconds: number;
}

const countOf = (pid: string): Counted | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = [11, 12, 13, 14].map((index) => Number(fields[index]));
    return { parent: Number(fields[1]), seconds: ticks.reduce((a, b) => a + b, 0) * TICK_SECONDS };
  } catch {
    return null;
  }
};

/** CPU seconds of all that runs below a process, itself left out; null where the system does not tell. */
const secondsBelow = (root: number, withRoot: boolean): number => {
  const counts = new Map<number, Counted>();
  for (const name of readdirSync('/proc')) {
    const count = /^\d+$/.test(name) ? countOf(name) : null;
    if (count !== null) counts.set(Number(name), count);
  }
  const isBelow = (pid: number): boolean => {
    const parent = counts.get(pid)?.parent;
    return parent === root || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [...counts]
    .filter(([pid]) => (pid === root ? withRoot : isBelow(pid)))
    .reduce((sum, [, { seconds }]) => sum + seconds, 0);
};

export interface Spent {
  /** This process and its children: the worker and the readers of tags. */
  readonly own: number;
  readonly postgres: number;
}

/** What a piece of work cost. */
export const spentBy = async (postmaster: number, work: () => Promise<unknown>): Promise<Spent> => {
  const look = (): Spent => {
    const { user, system } = process.cpuUsage();
    return {
      own: (user + system) / 1e6 + secondsBelow(process.pid, false),
      postgres: secondsBelow(postmaster, true),
    };
  };
  const before = look();
  await work();
  const after = look();
  return { own: after.own - before.own, postgres: after.postgres - before.postgres };
};

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
