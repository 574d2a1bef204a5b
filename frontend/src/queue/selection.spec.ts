import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { movedBlock } from '../player/queue-edits';
import { dropPlace, stepPlace } from './drop-place';
import { NOTHING_SELECTED, select, stillThere, type SelectionStep } from './selection';

const ORDER = [10, 11, 12, 13, 14];
const after = (...steps: readonly SelectionStep[]) =>
  [...steps.reduce((now, step) => select(ORDER, now, step), NOTHING_SELECTED).keys].toSorted((a, b) => a - b);

describe('rows that are chosen', () => {
  it('are those of a range, counted from the one that was pressed first', () => {
    expect(after({ type: 'one', key: 11 }, { type: 'range', key: 13 })).toEqual([11, 12, 13]);
    expect(after({ type: 'one', key: 11 }, { type: 'range', key: 13 }, { type: 'range', key: 10 })).toEqual([
      10, 11,
    ]);
  });

  it('come and go one by one', () => {
    expect(after({ type: 'one', key: 10 }, { type: 'toggle', key: 14 })).toEqual([10, 14]);
    expect(after({ type: 'toggle', key: 10 }, { type: 'toggle', key: 10 })).toEqual([]);
    expect(after({ type: 'one', key: 10 }, { type: 'one', key: 10 })).toEqual([]);
  });

  it('are never some that do not stand there', () => {
    const all = select(ORDER, NOTHING_SELECTED, { type: 'all' });
    expect([...stillThere(all, [12, 14]).keys]).toEqual([12, 14]);
    expect(stillThere(all, ORDER)).toBe(all);
  });
});

describe('a block that is moved', () => {
  it('falls in front of the row whose upper half it is held over', () => {
    expect([-40, 10, 31, 500].map((offset) => dropPlace(offset, 60, 5))).toEqual([0, 0, 1, 5]);
  });

  it('goes one step, and stays at the end', () => {
    const items = ORDER.map((key) => ({ key }));
    const moved = (keys: readonly number[], step: -1 | 1) => {
      const place = stepPlace(ORDER, new Set(keys), step);
      return place && movedBlock(items, new Set(keys), place.before).map(({ key }) => key);
    };
    expect(moved([12], -1)).toEqual([10, 12, 11, 13, 14]);
    expect(moved([12, 13], 1)).toEqual([10, 11, 14, 12, 13]);
    expect(moved([10], -1)).toBeNull();
    expect(moved([13, 14], 1)).toBeNull();
    expect(moved([10, 13], 1)).toEqual([11, 12, 10, 13, 14]);
  });

  it('is at one end after as many steps as there are rows', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(7), { minLength: 1 }), fc.constantFrom(-1, 1), (keys, step) => {
        let items: readonly { readonly key: number }[] = Array.from({ length: 8 }, (_, key) => ({ key }));
        for (let at = 0; at < 9; at += 1) {
          const order = items.map(({ key }) => key);
          const place = stepPlace(order, new Set(keys), step === -1 ? -1 : 1);
          if (place) items = movedBlock(items, new Set(keys), place.before);
        }
        const block = keys.toSorted((a, b) => a - b);
        const order = items.map(({ key }) => key);
        expect(step === -1 ? order.slice(0, block.length) : order.slice(-block.length)).toEqual(block);
      }),
    );
  });
});
