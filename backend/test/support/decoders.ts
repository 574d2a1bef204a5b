import { readdir, readFile } from 'node:fs/promises';

/** The process ids of the living ffmpegs that read a file. */
export const decodersOf = async (path: string): Promise<readonly number[]> => {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return ids
    .filter((_, index) => lines[index]?.includes(path) === true && lines[index].includes('-nostdin'))
    .map(Number);
};
