import { readdir, readFile, stat } from 'node:fs/promises';
import { cueText, parseCue } from '../media/cue-sheet.js';
import { fileFor, isNamedAfter, planOf, type CuePlan, type WholeFile } from './cue-rules.js';
import { displayName, isCueName } from './file-names.js';

/** A sheet of 99 tracks has some 20 kB. */
const LARGEST_BYTES = 1 << 20;
const SLASH = 0x2f;

/** What the CUE sheets beside a file make of it; the one that has its name comes first. */
export async function cuePlanFor(path: Buffer, whole: WholeFile): Promise<CuePlan> {
  const slash = path.lastIndexOf(SLASH);
  const folder = path.subarray(0, slash);
  const audioName = displayName(path.subarray(slash + 1).toString('latin1'));
  const entries = await readdir(folder, { encoding: 'buffer' });
  const names = entries.map((entry) => entry.toString('latin1')).filter(isCueName);
  const isOwn = (name: string): boolean => isNamedAfter(displayName(name), audioName);
  names.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || (a < b ? -1 : 1));
  for (const name of names) {
    const shown = displayName(name);
    const bytes = await readSheet(Buffer.concat([folder, Buffer.from(`/${name}`, 'latin1')]));
    const text = bytes === null ? null : cueText(bytes);
    const sheet = text === null ? null : parseCue(text);
    const file = sheet === null ? null : fileFor(sheet, shown, audioName);
    if (sheet !== null && file !== null) {
      const plan = planOf(sheet, file, shown, whole);
      if (plan.kind !== 'none') return plan;
    } else if (isOwn(name)) return { kind: 'problem', reason: complaint(shown, sheet === null) };
  }
  return { kind: 'none' };
}

const complaint = (name: string, isUnreadable: boolean): string =>
  isUnreadable
    ? `The CUE sheet "${name}" cannot be read, so this file stays one track.`
    : `The CUE sheet "${name}" speaks of other files than this one, which stays one track.`;

/** Null when it is gone, too large for a sheet, or may not be read. */
const readSheet = async (path: Buffer): Promise<Buffer | null> => {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= LARGEST_BYTES ? await readFile(path) : null;
  } catch {
    return null;
  }
};
