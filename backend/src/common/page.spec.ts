import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, limitSchema, toPage } from './page.js';

describe('a page', () => {
  it('carries a cursor exactly when there is more', () => {
    const rows = [1, 2, 3].map((n) => ({ n, id: `id${n}` }));
    const page = (limit: number) => toPage(rows, limit, (row) => row.n, (row) => [row.n, row.id]); // prettier-ignore
    expect(page(3)).toEqual({ items: [1, 2, 3], nextCursor: null });
    const { items, nextCursor } = page(2);
    expect(items).toEqual([1, 2]);
    expect(decodeCursor(nextCursor ?? '', 2)).toEqual([2, 'id2']);
  });

  it('refuses whatever is not one of its cursors', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(() => decodeCursor(text, 2)).toThrow(/cursor/)));
    expect(() => decodeCursor(encodeCursor(['a']), 2)).toThrow(/cursor/);
    expect(() => decodeCursor(encodeCursor(['a\0', 'b']), 2)).toThrow(/cursor/);
    for (const behind of ['=', '=x', 'A', ' ', '!'])
      expect(() => decodeCursor(`${encodeCursor(['ab', 'c'])}${behind}`, 2)).toThrow(/cursor/);
  });

  it('holds 50 unless asked, and at most 500', () => {
    expect(limitSchema.parse(undefined)).toBe(50);
    expect(limitSchema.parse('7')).toBe(7);
    for (const wrong of ['0', '501', '1.5', 'x', '-1', '1e2', '0x10', ' 5', '', ['5', '6']])
      expect(limitSchema.safeParse(wrong).success).toBe(false);
  });
});
