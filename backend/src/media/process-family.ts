import { readFile } from 'node:fs/promises';

/** What Linux says of a process under this name; '' when it is gone, or elsewhere. */
export const readOf = (pid: number, name: string): Promise<string> =>
  readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');

/** A process and all that it started: in a room the program is a child of what holds the room. */
export async function familyOf(pid: number): Promise<readonly number[]> {
  const children = (await readOf(pid, `task/${pid}/children`)).split(' ').filter((id) => id.trim() !== '');
  const families = await Promise.all(children.map((id) => familyOf(Number(id))));
  return [pid, ...families.flat()];
}
