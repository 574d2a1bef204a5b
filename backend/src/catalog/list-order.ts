import { DomainError } from '../common/errors.js';
import { isId } from '../common/id.js';
import { decodeCursor, type CursorKey } from '../common/page.js';

/** What a list may be sorted by: a column of an index of the migration that ends in the id. */
export interface SortColumn {
  readonly sql: string;
  readonly kind: 'text' | 'time' | 'number';
  readonly direction: 'ASC' | 'DESC';
}

export const TRACK_SORTS = {
  title: { sql: 'tracks.sort_key', kind: 'text', direction: 'ASC' },
  artist: { sql: 'tracks.artist_sort_key', kind: 'text', direction: 'ASC' },
  added: { sql: 'tracks.added_at', kind: 'time', direction: 'DESC' },
} as const satisfies Record<string, SortColumn>;

export const ALBUM_SORTS = {
  title: { sql: 'albums.sort_key', kind: 'text', direction: 'ASC' },
  artist: { sql: 'albums.artist_sort_key', kind: 'text', direction: 'ASC' },
  added: { sql: 'albums.added_at', kind: 'time', direction: 'DESC' },
  year: { sql: 'coalesce(albums.year, 0)', kind: 'number', direction: 'DESC' },
} as const satisfies Record<string, SortColumn>;

export const ARTIST_SORTS = {
  name: { sql: 'artists.sort_key', kind: 'text', direction: 'ASC' },
} as const satisfies Record<string, SortColumn>;

export const GENRE_SORTS = {
  name: { sql: 'genres.sort_key', kind: 'text', direction: 'ASC' },
} as const satisfies Record<string, SortColumn>;

export interface Keyset {
  /** The row's place as text: what the next cursor is made of. */
  readonly key: string;
  /** '' on the first page. */
  readonly where: string;
  readonly orderBy: string;
  /** The cursor of a row: it names its list and order, so that another list refuses it. */
  readonly cursorOf: (row: { readonly place: string; readonly id: string }) => CursorKey;
}

/** What a list may be narrowed to, and the condition for it. */
export interface ListFilter<Query> {
  readonly of: (query: Query) => string | undefined;
  readonly sql: (param: string) => string;
}

/** The conditions of what a query names, whose parameters are added. */
export const filtersOf = <Query>(
  filters: readonly ListFilter<Query>[],
  query: Query,
  add: (value: unknown) => string,
): string[] =>
  filters.flatMap(({ of, sql }) => {
    const value = of(query);
    return value === undefined ? [] : [sql(add(value))];
  });

/** Microseconds since 1970: what Postgres keeps, and what a JavaScript date loses. */
const MICROSECONDS = (sql: string): string => `(extract(epoch FROM ${sql}) * 1000000)::bigint::text`;

const BOUND = {
  text: (param: string) => `${param}::text COLLATE "C"`,
  time: (param: string) => `timestamptz 'epoch' + ${param}::bigint * interval '1 microsecond'`,
  number: (param: string) => `${param}::int`,
} as const satisfies Record<SortColumn['kind'], (param: string) => string>;

const PLACE = { text: /^[^]*$/, time: /^-?\d{1,16}$/, number: /^-?\d{1,9}$/ } as const;

/** The SQL that continues a list after a cursor, whose parameters it adds. @throws INVALID_CURSOR */
export const keyset = (
  column: SortColumn,
  idSql: string,
  cursor: string | undefined,
  add: (value: unknown) => string,
): Keyset => {
  const key = column.kind === 'time' ? MICROSECONDS(column.sql) : `${column.sql}::text`;
  const orderBy = `${column.sql} ${column.direction}, ${idSql} ${column.direction}`;
  const cursorOf: Keyset['cursorOf'] = (row) => [column.sql, row.place, row.id];
  if (cursor === undefined) return { key, where: '', orderBy, cursorOf };
  const [list, place, id] = decodeCursor(cursor, 3);
  if (list !== column.sql || !PLACE[column.kind].test(String(place)) || typeof id !== 'string' || !isId(id))
    throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
      field: 'cursor',
    });
  const sign = column.direction === 'ASC' ? '>' : '<';
  const bound = BOUND[column.kind](add(String(place)));
  return {
    key,
    where: `AND (${column.sql}, ${idSql}) ${sign} (${bound}, ${add(id)}::uuid)`,
    orderBy,
    cursorOf,
  };
};
