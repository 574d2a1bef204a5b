import { describe, expect, it } from '@jest/globals';
import { stacksOf, stopOf } from './stops';

describe('how far a list is from home', () => {
  it('is counted at five stops, each track at the nearest', () => {
    expect(stacksOf([0, 4, 12, 13, 50, 87, 88, 100])).toEqual([3, 1, 1, 1, 2]);
    expect(stacksOf([])).toEqual([0, 0, 0, 0, 0]);
  });

  it('stands in the middle where nobody chose anything that is known', () => {
    expect([-2, 0, 2, 7].map(stopOf)).toEqual([-2, 0, 2, 0]);
  });
});
