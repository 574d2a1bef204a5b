import { assertHistories } from '@kanade/ml';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { historiesOf, rowsOf, type Liking } from './training-data.js';

const LIKINGS = fc.uniqueArray(
  fc.record({
    userId: fc.constantFrom('u1', 'u2', 'u3'),
    trackId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    gain: fc.double({ min: -1, max: 9, noNaN: true }),
    firstAt: fc.nat(),
    lastAt: fc.nat(),
  }),
  { selector: ({ userId, trackId }) => `${userId} ${trackId}` },
);

describe('likings as rows of numbers', () => {
  it('are well-formed, hold what is above nought alone, and do not depend on the order they came in', () => {
    fc.assert(
      fc.property(LIKINGS, (likings: Liking[]) => {
        const rows = rowsOf(likings);
        const data = historiesOf(likings, rows, Date.now());
        assertHistories(data);
        expect(data.items).toHaveLength(likings.filter(({ gain }) => gain > 0).length);
        expect(historiesOf([...likings].reverse(), rowsOf([...likings].reverse()), Date.now()).items).toEqual(
          data.items,
        );
      }),
    );
  });

  it('leave out a track that has no row', () => {
    const liking = { userId: 'u', trackId: 'gone', gain: 1, firstAt: 0, lastAt: 0 };
    expect(historiesOf([liking], { userIds: ['u'], trackIds: ['here'] }, 1).items).toHaveLength(0);
  });
});
