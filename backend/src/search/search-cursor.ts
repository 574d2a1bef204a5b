import { DomainError } from '../common/errors.js';
import { isId } from '../common/id.js';
import { decodeCursor, encodeCursor } from '../common/page.js';
import type { SearchKind } from './kinds.js';
import { LYRICS_QUALITY, type Rank } from './search-index.js';

/** The place of a hit in one list; `meant` is what was searched instead of what was typed, '' for that itself. */
export interface SearchPlace {
  readonly meant: string;
  readonly after: Rank;
}

const LIST = (kind: SearchKind): string => `search ${kind}`;
/** Of the query, so that another one's cursor is refused; and short, whatever was typed. */
const QUERY_CHARACTERS = 40;

const startOf = (query: string): string => [...query].slice(0, QUERY_CHARACTERS).join('');

export const encodePlace = (kind: SearchKind, query: string, { meant, after }: SearchPlace): string =>
  encodeCursor([LIST(kind), startOf(query), meant, after.quality, after.popularity, after.place, after.id]);

/** @throws DomainError INVALID_CURSOR */
export const decodePlace = (kind: SearchKind, query: string, cursor: string): SearchPlace => {
  const [list, start, meant, quality, popularity, place, id] = decodeCursor(cursor, 7);
  if (
    list === LIST(kind) &&
    start === startOf(query) &&
    typeof meant === 'string' &&
    typeof quality === 'number' &&
    Number.isInteger(quality) &&
    quality >= 0 &&
    quality <= LYRICS_QUALITY &&
    typeof popularity === 'number' &&
    typeof place === 'string' &&
    typeof id === 'string' &&
    isId(id)
  )
    return { meant, after: { quality, popularity, place, id } };
  throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
    field: 'cursor',
  });
};
