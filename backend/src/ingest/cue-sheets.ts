import { readdir, readFile, stat } from 'node:fs/promises';
import { cueText, LARGEST_CUE_BYTES, parseCue, type CueSheet } from '../media/cue-sheet.js';
import { fileFor, fileInside, isNamedAfter, planOf, type CuePlan, type WholeFile } from './cue-rules.js';
import { displayName, isCueName } from './file-names.js';

const SLASH = 0x2f;

/**
 * What CUE sheets make of a file: those beside it, which anybody can mend, the one that has its name first; and where
 * none of them speaks of it, the one inside.
 */
export async function cuePlanFor(path: Buffer, whole: WholeFile, inside: CueSheet | null): Promise<CuePlan> {
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
      const plan = planOf(sheet, file, `"${shown}"`, whole);
      if (plan.kind !== 'none') return plan;
    } else if (isOwn(name)) return { kind: 'problem', reason: complaint(shown, sheet === null) };
  }
  const file = inside === null ? null : fileInside(inside, audioName);
  return inside === null || file === null ? { kind: 'none' } : planOf(inside, file, 'in its tags', whole);
}

const complaint = (name: string, isUnreadable: boolean): string =>
  isUnreadable
    ? `The CUE sheet "${name}" cannot be read, so this file stays one track.`
    : `The CUE sheet "${name}" speaks of other files than this one, which stays one track.`;

/** Null when it is gone, too large for a sheet, or may not be read. */
const readSheet = async (path: Buffer): Promise<Buffer | null> => {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= LARGEST_CUE_BYTES ? await readFile(path) : null;
  } catch {
    return null;
  }
};
