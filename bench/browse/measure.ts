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

const PAGE = 50;

export interface Measured {
  readonly list: string;
  readonly sort: string;
  readonly rows: number;
  readonly firstMs: number;
  readonly deepestMs: number;
  /** The same page by OFFSET. */
  readonly offsetMs: number;
  /** The first page of somebody who sees half of the libraries, or the smallest one alone. */
  readonly halfMs: number;
  readonly smallestMs: number;
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

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** By turns, so that all meet the same machine. */
const medians = async (
  { warmUps, rounds }: { readonly warmUps: number; readonly rounds: number },
  ...works: readonly (() => Promise<unknown>)[]
): Promise<number[]> => {
  const times = works.map((): number[] => []);
  for (let round = -warmUps; round < rounds; round++)
    for (const [at, work] of works.entries()) {
      const ms = await timed(work);
      // Not while plans and connections are cold.
      if (round >= 0) times[at]?.push(ms);
    }
  return times.map(median);
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

export const measureBrowse = async (url: string, say: (text: string) => void): Promise<Measured[]> => {
  const source = await new DataSource({ type: 'postgres', url, poolSize: 2 }).initialize();
  const db = new ListeningDatabase(source);
  const measured: Measured[] = [];
  try {
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
        const byOffset = sql.replace(/LIMIT (\$\d+)/, `LIMIT $1 OFFSET ${rows - PAGE}`);
        const [firstMs = 0, deepestMs = 0] = await medians({ warmUps: 3, rounds: 60 }, first, deepest);
        const [offsetMs = 0] = await medians({ warmUps: 0, rounds: 3 }, () => db.query(byOffset, params));
        const seen = (libraries: readonly number[]) => (): Promise<unknown> =>
          list.ask(
            { sort, limit: PAGE },
            libraries.map((n) => idOf('1', n)),
          );
        const [halfMs = 0, smallestMs = 0] = await medians(
          { warmUps: 0, rounds: 1 },
          seen([0, 2, 4, 6, 8, 10]),
          seen([11]),
        );
        measured.push({ list: list.name, sort, rows, firstMs, deepestMs, offsetMs, halfMs, smallestMs });
      }
    }
  } finally {
    await source.destroy();
  }
  return measured;
};
