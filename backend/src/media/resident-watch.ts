import { readFile } from 'node:fs/promises';

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

/**
 * Zero when it is gone. With what it started: in a room the program is a child of what holds the room. The second
 * number of statm is in pages; where they are larger the limit is looser.
 */
async function residentMbOf(pid: number): Promise<number> {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const own = (Number((await read('statm')).split(' ')[1] ?? 0) * PAGE_BYTES) / MB;
  const children = (await read(`task/${pid}/children`)).split(' ').filter((id) => id.trim() !== '');
  const theirs = await Promise.all(children.map((id) => residentMbOf(Number(id))));
  return theirs.reduce((sum, mb) => sum + mb, own);
}
