import { z } from 'zod';
import { DomainError } from './errors.js';
import { isId } from './id.js';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 500;

/** A number in an address; what is none stays as it is, to be refused. */
export const fromDigits = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;

/** Digits alone: `1e2` and `0x10` are numbers to a program and a slip of the hand to everybody else. */
export const limitSchema = z.preprocess(fromDigits, z.int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT));
export const cursorSchema = z.string().max(2000).optional();

export const pageQuerySchema = z.object({ limit: limitSchema, cursor: cursorSchema });
export type PageQuery = z.output<typeof pageQuerySchema>;

export const pageSchema = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The key of the last row of a page, opaque to clients; its last part is the row's id, so no two rows share a key. */
export type CursorKey = readonly (string | number)[];

export const encodeCursor = (key: CursorKey): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

const isKey = (value: unknown): value is CursorKey =>
  Array.isArray(value) && value.every((part) => typeof part === 'string' || Number.isFinite(part));

/** @throws DomainError INVALID_CURSOR when the text is not a cursor of `length` parts. */
export const decodeCursor = (cursor: string, length: number): CursorKey => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isKey(value) && value.length === length && !value.some((part) => String(part).includes('\0')))
      // Base64 forgives letters behind the end: only the very text that was given out counts.
      if (encodeCursor(value) === cursor) return value;
  } catch {
    // Not JSON: the same answer as a cursor of the wrong shape.
  }
  throw invalidCursor();
};

const invalidCursor = (): DomainError =>
  new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', { field: 'cursor' });

/** A list in the order of its ids, newest first: the id to go on below, null at its beginning. @throws INVALID_CURSOR */
export const decodeIdCursor = (list: string, cursor: string | undefined): string | null => {
  if (cursor === undefined) return null;
  const [name, id] = decodeCursor(cursor, 2);
  if (name !== list || typeof id !== 'string' || !isId(id)) throw invalidCursor();
  return id;
};

/** Cuts the one extra row that a query asks for in order to know whether there is a next page. */
export const toPage = <Row, T>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => T,
  keyOf: (row: Row) => CursorKey,
): Page<T> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
};
