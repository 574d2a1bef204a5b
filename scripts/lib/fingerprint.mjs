import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Pure: one hash over names and contents; a renamed file counts as changed, the order of reading does not. */
export function hashFiles(files) {
  const hash = createHash('sha256');
  for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Every file below a folder, in no special order; hidden files and what editors leave behind are not sources. */
async function* walk(folder, skip) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name.endsWith('~') || skip(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path, skip);
    else if (entry.isFile()) yield path;
  }
}

/** The hash of files and whole folders, read now. Names are relative to the root, so a moved clone keeps its hash. */
export async function fingerprint(root, { files = [], folders = [], skip = () => false }) {
  const paths = files.map((file) => join(root, file));
  for (const folder of folders) for await (const path of walk(join(root, folder), skip)) paths.push(path);
  const read = paths.map(async (path) => [relative(root, path).split(sep).join('/'), await readFile(path)]);
  return hashFiles(await Promise.all(read));
}
