import { describe, expect, it } from '@jest/globals';
import { readFsckOptions } from './fsck-options.js';

describe('the options of fsck', () => {
  it('are taken out, and the rest is the server’s', () => {
    expect(readFsckOptions(['--data', '/d', '--repair', '--grace', '5', '--deep'])).toEqual({
      deep: true,
      repair: true,
      graceMs: 5000,
      rest: ['--data', '/d'],
    });
  });
  it('look without touching anything unless told, an hour after it was written', () => {
    expect(readFsckOptions([])).toEqual({ deep: false, repair: false, graceMs: 3_600_000, rest: [] });
  });
  it('refuse a grace that is no number', () => {
    for (const wrong of ['', 'soon', '-1'])
      expect(() => readFsckOptions(['--grace', wrong])).toThrow('--grace needs a number');
  });
});
