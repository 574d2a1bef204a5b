import { describe, expect, it } from '@jest/globals';
import { clock, wholeMinutes } from './time-text';

describe('times', () => {
  it.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [248_000, '4:08'],
    [3_729_000, '1:02:09'],
    [-5, '0:00'],
    [null, '–:––'],
    [Number.NaN, '–:––'],
  ])('%s ms reads %s', (ms, text) => {
    expect(clock(ms)).toBe(text);
  });

  it('an album of 71 minutes is an hour and eleven', () => {
    expect(wholeMinutes(71 * 60_000)).toEqual({ hours: 1, minutes: 11 });
  });
});
