import { describe, expect, it } from '@jest/globals';
import { decadesOf } from './decades';

describe('the decades of a library', () => {
  it('hold the albums of their years, the newest first', () => {
    const years = [
      { year: 2021, albumCount: 2 },
      { year: 2020, albumCount: 1 },
      { year: 1999, albumCount: 4 },
      { year: 7, albumCount: 1 },
    ];
    expect(decadesOf(years)).toEqual([
      { from: 2020, to: 2029, albums: 3 },
      { from: 1990, to: 1999, albums: 4 },
      { from: 1, to: 9, albums: 1 },
    ]);
  });
});
