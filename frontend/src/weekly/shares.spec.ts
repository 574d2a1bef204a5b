import { describe, expect, it } from '@jest/globals';
import { sharesOf } from './shares';

const part = (title: string, share: number) => ({ id: title, title, share });

describe('what chose a track', () => {
  it('sums to a whole, with all that is not named as one part', () => {
    const shares = sharesOf([part('One', 0.5), part('Two', 0.2)]);
    expect(shares.map(({ title }) => title)).toEqual(['One', 'Two', null]);
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('has no rest where there is none, and no part where nothing is named', () => {
    expect(sharesOf([part('One', 0.998)])).toEqual([part('One', 0.998)]);
    expect(sharesOf([])).toEqual([]);
  });
});
