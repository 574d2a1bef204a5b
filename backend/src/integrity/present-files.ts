import { lstat, readdir } from 'node:fs/promises';
import { isMissingFile } from '../common/error-code.js';
import { holdFor } from '../ingest/loss-rules.js';
import type { Broken, House } from './invariant.js';
import { rowsOf } from './rows.js';

interface Root {
  readonly id: string;
  readonly root: Buffer;
  readonly displayRoot: string;
}

interface KnownFile {
  readonly id: string;
  readonly path: Buffer;
  readonly displayPath: string;
}

/** Libraries that are held wait for a person, and their files stay as they are until then. */
const FREE = `SELECT id, root, display_root AS "displayRoot" FROM libraries
   WHERE (held_code IS NULL OR held_code = 'CONFIRMED') AND last_scanned_at IS NOT NULL AND id > $1
   ORDER BY id LIMIT $2`;

const isGone = async (path: Buffer): Promise<boolean> => {
  try {
    return !(await lstat(path)).isFile();
  } catch (error) {
    if (isMissingFile(error)) return true;
    throw error;
  }
};

const stateOf = async (root: Buffer): Promise<'absent' | 'empty' | 'present'> => {
  const names = await readdir(root).catch(() => null);
  if (names === null) return 'absent';
  return names.length === 0 ? 'empty' : 'present';
};

const filesOf = (house: House, library: Root): AsyncGenerator<KnownFile> =>
  rowsOf<KnownFile>(
    house.db,
    `SELECT f.id, l.root || '\\x2f'::bytea || f.path AS path, f.display_path AS "displayPath"
       FROM files f JOIN libraries l ON l.id = f.library_id
      WHERE f.library_id = '${library.id}' AND f.state <> 'missing' AND f.id > $1 ORDER BY f.id LIMIT $2`,
  );

/** Rows of files that are not there. What a scan would leave to an administrator is told, and left to them here, too. */
export async function* filesGone(house: House): AsyncGenerator<Broken> {
  for await (const library of rowsOf<Root>(house.db, FREE)) {
    const gone: KnownFile[] = [];
    let known = 0;
    for await (const file of filesOf(house, library)) {
      known++;
      if (await isGone(file.path)) gone.push(file);
    }
    const hold = holdFor({
      known,
      gone: gone.length,
      root: await stateOf(library.root),
      onOtherDevice: false,
    });
    if (hold !== null) {
      yield { what: `library ${library.displayRoot}`, problem: hold.reason };
      continue;
    }
    for (const { id, displayPath } of gone)
      yield {
        what: `file ${displayPath}`,
        problem: 'it is not there, and is not marked missing',
        mend: () => house.mending.markMissing([id]),
      };
  }
}
