import type { EntityManager } from 'typeorm';
import { EntryRows } from '../playlists/entry-rows.js';
import type { Broken, House, Invariant } from './invariant.js';
import { rowsOf } from './rows.js';

interface Row {
  readonly id: string;
  readonly counted: number;
  readonly entries: number;
  readonly places: number;
}

/** In one look at each list: an edit that is made meanwhile is in both numbers or in neither. */
const UNTRUE_LISTS = `
  SELECT playlists.id, playlists.entry_count AS counted, count(entry.id)::int AS entries,
    count(DISTINCT entry.position)::int AS places
  FROM playlists LEFT JOIN playlist_entries AS entry ON entry.playlist_id = playlists.id
  WHERE playlists.id > $1 GROUP BY playlists.id
  HAVING count(entry.id) <> playlists.entry_count OR count(DISTINCT entry.position) <> count(entry.id)
  ORDER BY playlists.id LIMIT $2`;

type Db = Pick<House, 'db'>;

/** Editors are told: what they know is no longer what stands there. */
const mending = ({ db }: Db, id: string, work: (tx: EntityManager) => Promise<unknown>): Promise<void> =>
  db.transaction(async (tx) => {
    await db.query(
      'UPDATE playlists SET revision = revision + 1, updated_at = now() WHERE id = $1',
      [id],
      tx,
    );
    await work(tx);
  });

const COUNT_ANEW = `UPDATE playlists SET entry_count =
  (SELECT count(*) FROM playlist_entries WHERE playlist_id = playlists.id) WHERE id = $1`;

export async function* findUntrueLists(house: Db): AsyncGenerator<Broken> {
  for await (const { id, counted, entries, places } of rowsOf<Row>(house.db, UNTRUE_LISTS)) {
    const what = `playlist ${id}`;
    if (places !== entries)
      yield {
        what,
        problem: `${entries} entries share ${places} positions`,
        mend: () => mending(house, id, (tx) => new EntryRows(house.db).spread(id, tx)),
      };
    if (counted !== entries)
      yield {
        what,
        problem: `it has ${entries} entries, and ${counted} were put in; those that are gone stand in a backup`,
        mend: () => mending(house, id, (tx) => house.db.query(COUNT_ANEW, [id], tx)),
      };
  }
}

export const PLAYLISTS: Invariant = {
  id: 'I3',
  holds: 'every acknowledged edit of a playlist is there, and each entry has a position of its own',
  find: findUntrueLists,
};
