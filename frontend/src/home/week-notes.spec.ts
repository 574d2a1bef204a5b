import { describe, expect, it } from '@jest/globals';
import { notesOf, startsOf } from './week-notes';

describe('the line of a week', () => {
  it('goes from left to right, higher the newer', () => {
    expect(notesOf([0, 50, 75, 100])).toEqual([
      { x: 0.125, y: 1 },
      { x: 0.375, y: 0.5 },
      { x: 0.625, y: 0.25 },
      { x: 0.875, y: 0 },
    ]);
  });

  it('is parted where a movement begins, and by none that has no track', () => {
    expect(startsOf([1, 1, 3, 3])).toEqual([
      { movement: 1, x: 0 },
      { movement: 3, x: 0.5 },
    ]);
    expect(startsOf([])).toEqual([]);
  });
});
