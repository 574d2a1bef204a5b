import { DataSource, type EntityManager } from 'typeorm';
import { AlbumReads } from '../../backend/dist/catalog/album-reads.js';
import { ArtistReads } from '../../backend/dist/catalog/artist-reads.js';
import {
  albumListSchema,
  artistListSchema,
  genreListSchema,
  trackListSchema,
} from '../../backend/dist/catalog/catalog.dto.js';
import {
  ALBUM_SORTS,
  ARTIST_SORTS,
  GENRE_SORTS,
  keyset,
  TRACK_SORTS,
  type SortOrder,
} from '../../backend/dist/catalog/list-order.js';
import { TrackReads } from '../../backend/dist/catalog/track-reads.js';
import { encodeCursor } from '../../backend/dist/common/page.js';
import { Database } from '../../backend/dist/database/database.js';
import type { Visible } from '../../backend/dist/libraries/seen.js';
import { idOf } from '../catalogue/things.ts';
import { cpuMs } from '../report/backend-cpu.ts';

const PAGE = 50;

/** Medians, by the clock and of the processor's time in the one database process that answers. */
export interface Spent {
  readonly clockMs: number;
  readonly cpuMs: number;
}

export interface Measured {
  readonly list: string;
  readonly sort: string;
  readonly rows: number;
  readonly first: Spent;
  readonly deepest: Spent;
  /** The same page by OFFSET. */
  readonly offset: Spent;
  /** The first page of somebody who sees half of the libraries, or the smallest one alone. */
  readonly half: Spent;
  readonly smallest: Spent;
}

/** Remembers what was asked last, to ask it again in another way. */
class ListeningDatabase extends Database {
  last: { readonly sql: string; readonly params: readonly unknown[] } = { sql: '', params: [] };

  override query<Row>(sql: string, params: readonly unknown[] = [], tx?: EntityManager): Promise<Row[]> {
    this.last = { sql, params };
    return super.query<Row>(sql, params, tx);
  }
}

interface List {
  readonly name: string;
  readonly listed: string;
  readonly sorts: Readonly<Record<string, SortOrder>>;
  readonly ask: (query: object, visible: Visible) => Promise<unknown>;
}

const listsOf = (db: Database): readonly List[] => {
  const tracks = new TrackReads(db);
  const albums = new AlbumReads(db, tracks);
  const artists = new ArtistReads(db, albums, tracks);
  return [
    {
      name: 'tracks',
      listed: 'available',
      sorts: TRACK_SORTS,
      ask: (query, visible) => tracks.list(trackListSchema.parse(query), visible),
    },
    {
      name: 'albums',
      listed: 'track_count > 0',
      sorts: ALBUM_SORTS,
      ask: (query, visible) => albums.list(albumListSchema.parse(query), visible),
    },
    {
      name: 'artists',
      listed: 'track_count + album_count > 0',
      sorts: ARTIST_SORTS,
      ask: (query, visible) => artists.list(artistListSchema.parse(query), visible),
    },
    {
      name: 'genres',
      listed: 'track_count > 0',
      sorts: GENRE_SORTS,
      ask: (query, visible) => artists.listGenres(genreListSchema.parse(query), visible),
    },
  ];
};

const NOTHING: Spent = { clockMs: 0, cpuMs: 0 };

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** By turns, so that all meet the same machine. */
const medians = async (
  pid: number,
  { warmUps, rounds }: { readonly warmUps: number; readonly rounds: number },
  ...works: readonly (() => Promise<unknown>)[]
): Promise<Spent[]> => {
  const times = works.map(() => ({ clock: [] as number[], cpu: [] as number[] }));
  for (let round = -warmUps; round < rounds; round++)
    for (const [at, work] of works.entries()) {
      const [began, spent] = [performance.now(), cpuMs(pid)];
      await work();
      // Not while plans and connections are cold.
      if (round < 0) continue;
      times[at]?.clock.push(performance.now() - began);
      times[at]?.cpu.push(cpuMs(pid) - spent);
    }
  return times.map(({ clock, cpu }) => ({ clockMs: median(clock), cpuMs: median(cpu) }));
};

/** The cursor before the last page, found from the end. */
const lastCursor = async (db: Database, { name, listed }: List, order: SortOrder): Promise<string> => {
  const { key, orderBy, cursorOf } = keyset(order, `${name}.id`, undefined, () => '');
  const backwards = orderBy.replaceAll(order.direction, order.direction === 'ASC' ? 'DESC' : 'ASC');
  const row = await db.first<{ id: string; place: string[] }>(
    `SELECT id, ${key} AS place FROM ${name} WHERE ${listed} ORDER BY ${backwards} OFFSET ${PAGE} LIMIT 1`,
  );
  if (row === undefined) throw new Error(`there are not ${PAGE} ${name}`);
  return encodeCursor(cursorOf(row));
};

/** The statement as it would be without a thought of libraries, which is what OFFSET is measured with. */
const plainly = (sql: string): string =>
  sql.replace(
    /FROM \(SELECT id FROM libraries\)[^]*?WHERE ([^]*?) AND tracks\.library_id = library\.id[^]*?AS tracks\s/,
    'FROM tracks WHERE $1 ',
  );

/** Tracks have their sorts library by library: the plain statement gets the index that it would need. */
const withPlainIndex = async <T>(
  db: Database,
  table: string,
  { columns, direction }: SortOrder,
  work: () => Promise<T>,
): Promise<T> => {
  if (table !== 'tracks') return work();
  const keys = [...columns.map(({ sql }) => `(${sql})`), 'id'].map((key) => `${key} ${direction}`);
  await db.query(
    `CREATE INDEX plain_sort ON tracks (${keys.join(', ').replaceAll('tracks.', '')}) WHERE available`,
  );
  await db.query('ANALYZE tracks');
  const result = await work();
  await db.query('DROP INDEX plain_sort');
  return result;
};

export const measureBrowse = async (url: string, say: (text: string) => void): Promise<Measured[]> => {
  const source = await new DataSource({ type: 'postgres', url, poolSize: 1 }).initialize();
  const db = new ListeningDatabase(source);
  const measured: Measured[] = [];
  try {
    const pid = (await db.first<{ pid: number }>('SELECT pg_backend_pid() AS pid'))?.pid ?? 0;
    for (const list of listsOf(db)) {
      const rows =
        (await db.first<{ n: number }>(`SELECT count(*)::int AS n FROM ${list.name} WHERE ${list.listed}`))
          ?.n ?? 0;
      for (const [sort, order] of Object.entries(list.sorts)) {
        say(`${list.name} by ${sort}`);
        const cursor = await lastCursor(db, list, order);
        const first = (): Promise<unknown> => list.ask({ sort, limit: PAGE }, null);
        const deepest = (): Promise<unknown> => list.ask({ sort, limit: PAGE, cursor }, null);
        await first();
        const { sql, params } = db.last;
        const byOffset = plainly(sql).replace(/LIMIT (\$\d+)/, `LIMIT $1 OFFSET ${rows - PAGE}`);
        const seen = (libraries: readonly number[]) => (): Promise<unknown> =>
          list.ask(
            { sort, limit: PAGE },
            libraries.map((n) => idOf('1', n)),
          );
        const half = seen([0, 2, 4, 6, 8, 10]);
        const [pages, few, offset] = [
          await medians(pid, { warmUps: 3, rounds: 60 }, first, deepest),
          await medians(pid, { warmUps: 1, rounds: 9 }, half, seen([11])),
          await withPlainIndex(db, list.name, order, () =>
            medians(pid, { warmUps: 1, rounds: 5 }, () => db.query(byOffset, params)),
          ),
        ];
        measured.push({
          list: list.name,
          sort,
          rows,
          first: pages[0] ?? NOTHING,
          deepest: pages[1] ?? NOTHING,
          offset: offset[0] ?? NOTHING,
          half: few[0] ?? NOTHING,
          smallest: few[1] ?? NOTHING,
        });
      }
    }
  } finally {
    await source.destroy();
  }
  return measured;
};
