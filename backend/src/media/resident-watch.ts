import { familyOf, readOf } from './process-family.js';

/** Often enough that a bomb cannot fill much more than its limit meanwhile; a look costs a few microseconds. */
const LOOK_EVERY_MS = 25;
const PAGE_BYTES = 4096;
const MB = 1 << 20;

/**
 * Calls `tooMuch` once when a process fills more memory than it may. V8 cannot live within a limit of address space,
 * so what it really fills is watched instead (Linux; elsewhere only the heap is limited). @returns what ends the watch.
 */
export function watchResident(pid: number, limitMb: number, tooMuch: () => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const look = async (): Promise<void> => {
    const residentMb = await residentMbOf(pid);
    if (residentMb <= limitMb || ended) return;
    end();
    tooMuch();
  };
  let ended = false;
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  const end = (): void => {
    ended = true;
    clearInterval(timer);
  };
  return end;
}

/** Zero when it is gone. The second number of statm is in pages; where they are larger the limit is looser. */
async function residentMbOf(pid: number): Promise<number> {
  const pages = await Promise.all(
    (await familyOf(pid)).map(async (id) => Number((await readOf(id, 'statm')).split(' ')[1] ?? 0)),
  );
  return pages.reduce((sum, count) => sum + (count * PAGE_BYTES) / MB, 0);
}
