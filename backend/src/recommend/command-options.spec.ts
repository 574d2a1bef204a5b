import { describe, expect, it } from '@jest/globals';
import { readCommand } from './command-options.js';

describe('what is asked of the recommender by hand', () => {
  it('is a training where nothing is said', () => {
    expect(readCommand([])).toEqual({ command: 'train', rest: [] });
    expect(readCommand(['--data', 'd'])).toEqual({ command: 'train', rest: ['--data', 'd'] });
  });

  it('is what is named, with the options of the server behind it', () => {
    expect(readCommand(['rollback', '--data', 'd'])).toEqual({ command: 'rollback', rest: ['--data', 'd'] });
  });

  it('is refused where it is not known', () => {
    expect(() => readCommand(['forget'])).toThrow('“forget” is none of train, status, rollback');
  });
});
