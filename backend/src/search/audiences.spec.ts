import { describe, expect, it } from '@jest/globals';
import { Audiences } from './audiences.js';

describe('sets of libraries', () => {
  it('have a number each, the usual ones first', () => {
    const audiences = new Audiences([['a'], ['b']]);
    expect(['a', 'b', 'a'].map((library) => audiences.numberOf([library]))).toEqual([1, 2, 1]);
    expect(audiences.numberOf(['a', 'b'])).toBe(3);
    expect(audiences.numbered.at(-1)).toEqual({ number: 3, libraries: ['a', 'b'] });
  });

  it('have none beyond what a byte holds', () => {
    const audiences = new Audiences([]);
    const numbers = Array.from({ length: 300 }, (_, at) => audiences.numberOf([`${at}`]));
    expect(Math.max(...numbers)).toBe(255);
    expect(numbers.filter((number) => number === 0)).toHaveLength(45);
    expect(audiences.numberOf(['7'])).toBe(8);
  });
});
