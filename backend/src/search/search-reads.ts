import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { isId } from '../common/id.js';
import { decodeCursor, encodeCursor } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import type { SearchTerms } from './search-terms.js';

export interface FoundPage {
  readonly ids: readonly string[];
  readonly nextCursor: string | null;
}

/** What is searched: a table with search_text and sort_key, and the condition of its browse index. */
const TABLES = {
  track: { table: 'tracks', listed: 'available' },
  album: { table: 'albums', listed: 'track_count > 0' },
  artist: { table: 'artists', listed: 'track_count + album_count > 0' },
} as const;
export type SearchTable = keyof typeof TABLES;

/** Names that begin with what was typed come first, then all others; each part in the order of names. */
type Part = 'begins' | 'contains';

interface Place {
  readonly part: Part;
  readonly after: readonly [string, string] | null;
}

interface Found {
  readonly id: string;
  readonly sort_key: string;
}

@Injectable()
export class SearchReads {
  constructor(private readonly db: Database) {}

  /** @throws DomainError INVALID_CURSOR */
  async find(
    table: SearchTable,
    terms: SearchTerms,
    limit: number,
    cursor: string | undefined,
    visible: Visible,
  ): Promise<FoundPage> {
    const place = placeOf(cursor, terms.range === null ? 'contains' : 'begins');
    const found: (Found & { part: Part })[] = [];
    const wanted = limit + 1;
    if (place.part === 'begins' && terms.range !== null)
      found.push(...(await this.part(table, 'begins', terms, place.after, wanted, visible)));
    if (found.length < wanted) {
      const after = place.part === 'contains' ? place.after : null;
      found.push(...(await this.part(table, 'contains', terms, after, wanted - found.length, visible)));
    }
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      ids: shown.map(({ id }) => id),
      nextCursor:
        found.length > limit && last !== undefined ? encodeCursor([last.part, last.sort_key, last.id]) : null,
    };
  }

  private async part(
    kind: SearchTable,
    part: Part,
    terms: SearchTerms,
    after: readonly [string, string] | null,
    limit: number,
    visible: Visible,
  ): Promise<(Found & { part: Part })[]> {
    const { table, listed } = TABLES[kind];
    const params = new SqlParams();
    const param = params.add;
    const inRange = terms.range === null ? null : rangeSql(terms.range.map(param));
    const where = [
      listed,
      seenBy(visible, param)[kind],
      ...(after === null
        ? []
        : [`(sort_key, id) > (${param(after[0])} COLLATE "C", ${param(after[1])}::uuid)`]),
      ...(inRange === null ? [] : [part === 'begins' ? inRange : `NOT (${inRange})`]),
      // Names are sorted without their article, so one that begins like "a b" need not hold an "a".
      ...terms.patterns.map((pattern) => `search_text LIKE ${param(pattern)}`),
    ];
    const rows = await this.db.query<Found>(
      `SELECT id, sort_key FROM ${table} WHERE ${where.join(' AND ')} ORDER BY sort_key, id LIMIT ${param(limit)}`,
      params.values,
    );
    return rows.map((row) => ({ ...row, part }));
  }
}

const rangeSql = ([from = '', to = '']: readonly string[]): string =>
  `sort_key >= ${from} COLLATE "C" AND sort_key < ${to} COLLATE "C"`;

const placeOf = (cursor: string | undefined, first: Part): Place => {
  if (cursor === undefined) return { part: first, after: null };
  const [part, key, id] = decodeCursor(cursor, 3);
  if (
    (part === 'begins' || part === 'contains') &&
    typeof key === 'string' &&
    typeof id === 'string' &&
    isId(id)
  )
    return { part, after: [key, id] };
  throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
    field: 'cursor',
  });
};
