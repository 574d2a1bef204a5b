import { describe, expect, it } from '@jest/globals';
import { guessFromPath } from './guess-from-path.js';

describe('a guess from names', () => {
  it.each([
    ['01 - Title.flac', 'Title', null, null, 1, null],
    ['1-03 Title.mp3', 'Title', null, null, 3, 1],
    ['03. Title.mp3', 'Title', null, null, 3, null],
    ['03_Some_Title.mp3', 'Some Title', null, null, 3, null],
    ['3 - Title.mp3', 'Title', null, null, 3, null],
    ['Artist - Title.mp3', 'Title', 'Artist', null, null, null],
    ['07 Artist - Title.mp3', 'Title', 'Artist', null, 7, null],
    ['50 Cent - In da Club.mp3', 'In da Club', '50 Cent', null, null, null],
    ['1999.mp3', '1999', null, null, null, null],
    ['99 Luftballons.mp3', 'Luftballons', null, null, 99, null],
    ['Artist - Album/01 Title.flac', 'Title', 'Artist', 'Album', 1, null],
    ['Artist/Album/01 Title.flac', 'Title', 'Artist', 'Album', 1, null],
    ['Artist/1997 - Album/01 Title.flac', 'Title', 'Artist', 'Album', 1, null],
    ['Artist/Album (1997)/01 Title.flac', 'Title', 'Artist', 'Album', 1, null],
    ['Artist/[1997] Album/01 Title.flac', 'Title', 'Artist', 'Album', 1, null],
    ['Artist/Album/CD 2/05 - Title.flac', 'Title', 'Artist', 'Album', 5, 2],
    ['Artist/Album/disc01/05 - Title.flac', 'Title', 'Artist', 'Album', 5, 1],
    ['Artist/Album/Artist - Title.flac', 'Title', 'Artist', 'Album', null, null],
    ['Artist/Album/01 Part One - Part Two.flac', 'Part One - Part Two', 'Artist', 'Album', 1, null],
    ['Box/Artist/Album/01 Title.flac', 'Title', 'Artist', 'Album', 1, null],
    ['Album/Title.flac', 'Title', null, 'Album', null, null],
    ['宇多田ヒカル/First Love/01 Automatic.flac', 'Automatic', '宇多田ヒカル', 'First Love', 1, null],
    ['Mr. No Extension', 'Mr. No Extension', null, null, null, null],
  ] as const)('%s', (path, title, artist, album, trackNumber, discNumber) => {
    expect(guessFromPath(path)).toEqual({ title, artist, album, trackNumber, discNumber });
  });
});
