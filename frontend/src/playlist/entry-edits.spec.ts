import { describe, expect, it } from '@jest/globals';
import { trackForSpecs } from '../api/track-for-specs';
import { EntryNumbers, runsOf, withMoved, withoutEntries } from './entry-edits';

const entry = (id: string) => ({
  id,
  track: id === 'x' ? null : trackForSpecs(id),
  addedBy: null,
  addedAt: '2026-01-01T00:00:00Z',
});
const pages = [{ items: [...'abc'].map(entry) }, { items: [...'xde'].map(entry) }];
const text = (list: readonly { readonly items: readonly { readonly id: string }[] }[]) =>
  list.map(({ items }) => items.map(({ id }) => id).join('')).join('|');

describe('the entries of a list', () => {
  it('are moved as a block over the edges of pages', () => {
    expect(text(withMoved(pages, new Set(['d', 'a']), 'c'))).toBe('bad|cxe');
    expect(text(withMoved(pages, new Set(['a']), null))).toBe('bcx|dea');
  });

  it('are taken out, and can be put back in runs, but for what cannot be heard', () => {
    const gone = new Set(['a', 'b', 'x', 'e']);
    expect(text(withoutEntries(pages, gone))).toBe('c|d');
    expect(
      runsOf(
        pages.flatMap(({ items }) => items),
        gone,
      ),
    ).toEqual([
      { trackIds: ['id-a', 'id-b'], before: 'c' },
      { trackIds: ['id-e'], before: null },
    ]);
  });

  it('keep their numbers', () => {
    const numbers = new EntryNumbers();
    expect([numbers.of('a'), numbers.of('b'), numbers.of('a')]).toEqual([0, 1, 0]);
    expect([numbers.idOf(1), numbers.idOf(9)]).toEqual(['b', null]);
  });
});
