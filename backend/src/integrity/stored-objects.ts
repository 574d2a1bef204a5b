import { ARTWORK_FORMATS, sizesFor } from '../media/artwork-sizes.js';
import { artworkKey } from '../catalog/artwork-keys.js';
import { ArtworkSweep } from '../catalog/artwork-sweep.js';
import type { ObjectStore } from '../storage/object-store.js';
import { RenditionSweep } from '../transcode/rendition-sweep.js';
import type { Broken, House } from './invariant.js';
import { rowsOf } from './rows.js';

const GOING = new AbortController().signal;

/** What the hourly sweeps would remove, by their own rules, and nothing removed. */
export const strays = async (
  house: House,
): Promise<{ readonly objects: readonly string[]; readonly drafts: readonly string[] }> => {
  const objects: string[] = [];
  const drafts: string[] = [];
  const { store, graceMs } = house;
  const looking = {
    list: (prefix: string) => store.list(prefix, graceMs),
    drafts: () => store.drafts(graceMs),
    delete: (key: string) => Promise.resolve(void objects.push(key)),
    discardDraft: (path: string) => Promise.resolve(void drafts.push(path)),
  } satisfies Partial<ObjectStore>;
  await new RenditionSweep(house.db, looking).sweep(GOING);
  await new ArtworkSweep(house.db, looking).sweep(GOING);
  return { objects, drafts };
};

export async function* objectsOfNobody(house: House): AsyncGenerator<Broken> {
  for (const key of (await strays(house)).objects)
    yield {
      what: `object ${key}`,
      problem: 'no row knows it',
      mend: () => house.store.delete(key),
    };
}

interface Artwork {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** The picture is made anew from the files that carry it: they are looked at again. */
const forgetArtwork = async (house: House, id: string): Promise<void> => {
  const jobs = await house.mending.jobs();
  await house.db.transaction(async (tx) => {
    const files = await house.db.query<{ fileId: string }>(
      `SELECT DISTINCT t.file_id AS "fileId" FROM tracks t LEFT JOIN albums a ON a.id = t.album_id
        WHERE t.artwork_id = $1 OR a.artwork_id = $1`,
      [id],
      tx,
    );
    await house.db.query('UPDATE tracks SET artwork_id = NULL WHERE artwork_id = $1', [id], tx);
    await house.db.query('UPDATE albums SET artwork_id = NULL WHERE artwork_id = $1', [id], tx);
    await house.db.query('DELETE FROM artworks WHERE id = $1', [id], tx);
    await jobs.enqueueMany('ingest.analyse', files, { tx });
  });
};

export async function* picturesGone(house: House): AsyncGenerator<Broken> {
  const sql = 'SELECT id, width, height FROM artworks WHERE id > $1 ORDER BY id LIMIT $2';
  for await (const { id, width, height } of rowsOf<Artwork>(house.db, sql)) {
    const keys = sizesFor(width, height).flatMap((size) =>
      ARTWORK_FORMATS.map((format) => artworkKey(id, size, format)),
    );
    const sizes = await Promise.all(keys.map((key) => house.store.size(key)));
    const lacking = sizes.filter((size) => size === null || size === 0).length;
    if (lacking > 0)
      yield {
        what: `artwork ${id}`,
        problem: `${lacking} of its ${keys.length} pictures are not in the store`,
        mend: () => forgetArtwork(house, id),
      };
  }
}
