import { describe, expect, it } from '@jest/globals';
import { endsOf } from './listed-paths.js';

describe('the ends of a path', () => {
  it.each([
    ['a.mp3', ['a.mp3']],
    ['/music/Ann/Far/1/a.mp3', ['Ann/Far/1/a.mp3', 'Far/1/a.mp3', '1/a.mp3', 'a.mp3']],
    ['../Far/./a.mp3', ['Far/a.mp3', 'a.mp3']],
    ['', []],
  ])('of %j are those of a file below any folder', (path, expected) => {
    expect(endsOf(path)).toEqual(expected);
  });

  it.each([
    'C:\\Music\\Far\\a b.mp3',
    'file:///home/x/Far/a%20b.mp3',
    'file://nas/Far/a%20b.mp3',
    ' Far/a b.mp3 ',
  ])('are found in %j', (path) => {
    expect(endsOf(path)).toContain('Far/a b.mp3');
  });

  it('keep a name that only looks encoded', () => {
    expect(endsOf('Far/100%.mp3')).toEqual(['Far/100%.mp3', '100%.mp3']);
    expect(endsOf('a%20b.mp3')).toEqual(['a%20b.mp3', 'a b.mp3']);
  });
});
