import { familyOf, readOf } from './process-family.js';

export interface Patience {
  readonly lookEveryMs: number;
  /** So many looks in a row that find it stopped are too many. */
  readonly looks: number;
}

/** A minute: whoever stops a program on purpose has looked at it by then. */
const A_MINUTE: Patience = { lookEveryMs: 15_000, looks: 4 };

/**
 * Calls `tooLong` once when a program has been stopped (SIGSTOP, a debugger) for too long: it would hold its place in
 * the row until its limit of time, which is hours for an encode. Linux; elsewhere that limit alone ends it.
 * @returns what ends the watch.
 */
export function watchStopped(
  pid: number | undefined,
  tooLong: () => void,
  { lookEveryMs, looks }: Patience = A_MINUTE,
): () => void {
  if (pid === undefined || process.platform !== 'linux') return () => undefined;
  let stopped = 0;
  const look = async (): Promise<void> => {
    const states = await Promise.all((await familyOf(pid)).map(stateOf));
    stopped = states.some((state) => state === 'T' || state === 't') ? stopped + 1 : 0;
    if (stopped === looks) tooLong();
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** The letter after the name, which stands in brackets and may hold anything. */
const stateOf = async (pid: number): Promise<string> => {
  const stat = await readOf(pid, 'stat');
  return stat.charAt(stat.lastIndexOf(')') + 2);
};
