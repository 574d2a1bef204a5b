import { DomainError } from '../common/errors.js';
import { isId } from '../common/id.js';
import { decodeCursor, type CursorKey } from '../common/page.js';

/** A column of an index of the migration, as that index has it. */
export interface SortColumn {
  readonly sql: string;
  readonly kind: 'text' | 'time' | 'number';
}

/** What a list may be sorted by: an index of the migration, which ends in the id. */
export interface SortOrder {
  readonly columns: readonly SortColumn[];
  readonly direction: 'ASC' | 'DESC';
}

const text = (sql: string): SortColumn => ({ sql, kind: 'text' });
const number = (sql: string): SortColumn => ({ sql, kind: 'number' });
const ascending = (...columns: readonly SortColumn[]): SortOrder => ({ columns, direction: 'ASC' });
const descending = (...columns: readonly SortColumn[]): SortOrder => ({ columns, direction: 'DESC' });
const newest = (table: string): SortOrder => descending({ sql: `${table}.added_at`, kind: 'time' });

export const TRACK_SORTS = {
  title: ascending(text('tracks.sort_key')),
  artist: ascending(text('tracks.artist_sort_key'), text('tracks.sort_key')),
  added: newest('tracks'),
  year: descending(number('coalesce(tracks.year, 0)')),
  duration: ascending(number('coalesce(tracks.duration_ms, 0)')),
} as const satisfies Record<string, SortOrder>;

export const ALBUM_SORTS = {
  title: ascending(text('albums.sort_key')),
  artist: ascending(text('albums.artist_sort_key'), number('coalesce(albums.year, 0)')),
  added: newest('albums'),
  year: descending(number('coalesce(albums.year, 0)')),
  /** When the music first came out, as exactly as anybody knows. */
  released: descending(
    text(`coalesce(albums.original_date, albums.release_date, albums.year::text, '') COLLATE "C"`),
  ),
} as const satisfies Record<string, SortOrder>;

export const ARTIST_SORTS = {
  name: ascending(text('artists.sort_key')),
  added: newest('artists'),
  tracks: descending(number('artists.track_count')),
} as const satisfies Record<string, SortOrder>;

export const GENRE_SORTS = {
  name: ascending(text('genres.sort_key')),
  tracks: descending(number('genres.track_count')),
} as const satisfies Record<string, SortOrder>;

/**
 * By a count that is not the one in an index, but of what somebody sees or asks for: that is what they are sorted by, and
 * no cursor holds another. All that is listed is counted for it, each once, and sorted.
 */
export const byOwnCount = (countSql: string): { readonly from: string; readonly sort: SortOrder } => ({
  from: `CROSS JOIN LATERAL (SELECT ${countSql} AS count OFFSET 0) AS own`,
  sort: descending(number('own.count')),
});

export interface Keyset {
  /** The row's place, as an array of texts: what the next cursor is made of. */
  readonly key: string;
  /** '' on the first page. */
  readonly where: string;
  readonly orderBy: string;
  /** The cursor of a row: it names its list and order, so that another list refuses it. */
  readonly cursorOf: (row: { readonly place: readonly string[]; readonly id: string }) => CursorKey;
}

/** What a list may be narrowed to, and the condition for it. */
export interface ListFilter<Query> {
  readonly of: (query: Query) => unknown;
  readonly sql: (param: string, query: Query, add: (value: unknown) => string) => string;
}

/** The conditions of what a query names, whose parameters are added. */
export const filtersOf = <Query>(
  filters: readonly ListFilter<Query>[],
  query: Query,
  add: (value: unknown) => string,
): string[] =>
  filters.flatMap(({ of, sql }) => {
    const value = of(query);
    return value === undefined ? [] : [sql(add(value), query, add)];
  });

/** Microseconds since 1970: what Postgres keeps, and what a JavaScript date loses. */
const MICROSECONDS = (sql: string): string => `(extract(epoch FROM ${sql}) * 1000000)::bigint::text`;

const BOUND = {
  text: (param: string) => `${param}::text COLLATE "C"`,
  time: (param: string) => `timestamptz 'epoch' + ${param}::bigint * interval '1 microsecond'`,
  number: (param: string) => `${param}::bigint`,
} as const satisfies Record<SortColumn['kind'], (param: string) => string>;

const PLACE = { text: /^[^]*$/, time: /^-?\d{1,16}$/, number: /^-?\d{1,15}$/ } as const;

/** The SQL that continues a list after a cursor, whose parameters it adds. @throws INVALID_CURSOR */
export const keyset = (
  { columns, direction }: SortOrder,
  idSql: string,
  cursor: string | undefined,
  add: (value: unknown) => string,
): Keyset => {
  const name = columns.map(({ sql }) => sql).join();
  const places = columns.map(({ sql, kind }) => (kind === 'time' ? MICROSECONDS(sql) : `(${sql})::text`));
  const order = {
    key: `ARRAY[${places.join(', ')}]`,
    orderBy: [...columns.map(({ sql }) => sql), idSql].map((sql) => `${sql} ${direction}`).join(', '),
    cursorOf: (row: Parameters<Keyset['cursorOf']>[0]): CursorKey => [name, ...row.place, row.id],
  };
  if (cursor === undefined) return { ...order, where: '' };
  const [list, ...rest] = decodeCursor(cursor, columns.length + 2).map(String);
  const id = rest.pop();
  const isPlace = columns.every(({ kind }, at) => PLACE[kind].test(rest[at] ?? ''));
  if (list !== name || !isPlace || id === undefined || !isId(id))
    throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
      field: 'cursor',
    });
  const bounds = columns.map(({ kind }, at) => BOUND[kind](add(rest[at])));
  const after = direction === 'ASC' ? '>' : '<';
  return {
    ...order,
    where: `AND (${[...columns.map(({ sql }) => sql), idSql].join(', ')}) ${after} (${[...bounds, `${add(id)}::uuid`].join(', ')})`,
  };
};
