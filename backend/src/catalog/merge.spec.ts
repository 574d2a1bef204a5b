import { describe, expect, it } from '@jest/globals';
import { NO_TAGS, type TrackTags } from '../media/track-tags.js';
import { UNKNOWN_ALBUM, splitDisc } from './album-identity.js';
import { artistList, splitFeaturing } from './credits.js';
import { mergeTrack } from './merge.js';

const PLAIN: TrackTags = { ...NO_TAGS, title: 'Song', artists: ['Ann'], album: 'Blue' };
const release = (id: string): Partial<TrackTags> => ({
  musicBrainz: { ...NO_TAGS.musicBrainz, release: id },
});
const ID_A = '0f1e2d3c-0000-4000-8000-00000000000a';
const ID_B = '0f1e2d3c-0000-4000-8000-00000000000b';

type File = readonly [tags: Partial<TrackTags>, folders?: readonly string[]];
const merge = ([tags, folders = []]: File) =>
  mergeTrack({ ...PLAIN, ...tags }, { libraryId: 'library', folders, fileName: '03 - A_Song.mp3' });
const albumsOf = (files: readonly File[]): number =>
  new Set(files.map((file) => merge(file).album.mergeKey)).size;

describe('files that are one album', () => {
  it.each<[string, readonly File[]]>([
    [
      'the tags agree but for case, accents and width',
      [[{ album: 'Été' }], [{ album: 'ＥＴＥ', artists: ['ANN'] }]],
    ],
    [
      'the track artists differ under one album artist',
      [[{ albumArtists: ['Ann'] }], [{ albumArtists: ['Ann'], artists: ['Bob'] }]],
    ],
    ['a guest appears on one song', [[{}], [{ artists: ['Ann feat. Bob'] }], [{ artists: ['Ann', 'Bob'] }]]],
    ['the compilation flag is set', [[{ compilation: true }], [{ compilation: true, artists: ['Bob'] }]]],
    [
      'the album artist is one of the spellings of various artists',
      [[{ albumArtists: ['VA'] }], [{ albumArtists: ['Various Artists'], artists: ['Bob'] }]],
    ],
    [
      'the folder is that of compilations',
      [
        [{}, ['Compilations', 'x']],
        [{ artists: ['Bob'] }, ['Compilations', 'x']],
      ],
    ],
    [
      'the folder has the name of the album and of no artist',
      [
        [{}, ['Music', 'Blue']],
        [{ artists: ['Bob'] }, ['Music', 'Blue']],
      ],
    ],
    [
      'that folder carries the year',
      [
        [{}, ['1999 - Blue']],
        [{ artists: ['Bob'] }, ['1999 - Blue']],
      ],
    ],
    ['the discs lie in one folder', [[{ discNumber: 1 }], [{ discNumber: 2 }]]],
    [
      'the discs lie in folders of their own',
      [
        [{}, ['Ann', 'Blue', 'CD1']],
        [{}, ['Ann', 'Blue', 'Disc 2']],
      ],
    ],
    [
      'the title names the disc',
      [[{ album: 'Blue (Disc 1)' }], [{ album: 'Blue [CD2]' }], [{ album: 'Blue, Disc 3' }]],
    ],
    [
      'the MusicBrainz release is the same',
      [[release(ID_A)], [{ ...release(ID_A.toUpperCase()), album: 'Blue!', artists: ['Bob'] }]],
    ],
    ['each song of a best-of has its own year', [[{ date: '1971' }], [{ date: '1984' }]]],
    [
      'the album artists are named in another order',
      [[{ albumArtists: ['Ann', 'Bob'] }], [{ albumArtists: ['Bob', 'Ann'] }]],
    ],
    [
      'untagged files share a folder',
      [
        [{ album: null }, ['Tape']],
        [{ album: null, artists: ['Bob'] }, ['Tape']],
      ],
    ],
  ])('%s', (_, files) => expect(albumsOf(files)).toBe(1));
});

describe('files that are two albums', () => {
  it.each<[string, readonly File[]]>([
    ['one name by two artists', [[{}], [{ artists: ['Bob'] }]]],
    [
      'one name by two artists in their folders',
      [
        [{}, ['Ann', 'Blue']],
        [{ artists: ['Bob'] }, ['Bob', 'Blue']],
      ],
    ],
    ['two MusicBrainz releases of one name', [[release(ID_A)], [release(ID_B)]]],
    ['two catalogue numbers of one name', [[{ catalogNumber: 'CAT 1' }], [{ catalogNumber: 'CAT 2' }]]],
    [
      'folders of two years',
      [
        [{}, ['Ann', 'Blue (1971)']],
        [{}, ['Ann', 'Blue (2011)']],
      ],
    ],
    ['an edition in the title', [[{}], [{ album: 'Blue (Deluxe Edition)' }]]],
    [
      'untagged files in two folders',
      [
        [{ album: null }, ['Tape 1']],
        [{ album: null }, ['Tape 2']],
      ],
    ],
    ['loose untagged files by two artists', [[{ album: null }], [{ album: null, artists: ['Bob'] }]]],
    ['a compilation and an album of one name', [[{}], [{ compilation: true }]]],
  ])('%s', (_, files) => expect(albumsOf(files)).toBe(2));
});

describe('the album of a file', () => {
  it('is named after its folder when no tag names it, without the year in front', () => {
    expect(merge([{ album: null }, ['x', '[1999] Live_Tape']]).album.title).toBe('Live Tape');
    expect(merge([{ album: '  ' }]).album.title).toBe(UNKNOWN_ALBUM);
  });

  it('keeps its own artist on a flagged best-of', () => {
    const { album } = merge([{ compilation: true, albumArtists: ['Ann'] }]);
    expect([album.artistText, album.compilation]).toEqual(['Ann', true]);
  });

  it('takes the disc from the tag, else the title, else the folder', () => {
    expect(merge([{ album: 'Blue (Disc 2)' }, ['CD3']]).discNumber).toBe(2);
    expect(merge([{}, ['Blue', 'CD3']]).discNumber).toBe(3);
    expect(merge([{ discNumber: 1, album: 'Blue (Disc 2)' }]).discNumber).toBe(1);
  });

  it.each([
    ['Blue', 'Blue', null],
    ['CD1', 'CD1', null],
    ['Disc 1', 'Disc 1', null],
    ['Blue (Disc 1: North)', 'Blue', 1],
    ['Blue - CD 2', 'Blue', 2],
    ['Discovery', 'Discovery', null],
    ['Songs (1999)', 'Songs (1999)', null],
  ])('%s is %s, disc %s', (text, title, disc) => expect(splitDisc(text)).toEqual({ title, disc }));
});

describe('the artists of a file', () => {
  const names = (tags: Partial<TrackTags>): string[] =>
    merge([tags]).credits.map((c) => `${c.role} ${c.artist.name}`);

  it.each<[Partial<TrackTags>, readonly string[]]>([
    [{ artists: ['AC/DC'] }, ['performer AC/DC']],
    [{ artists: ['Earth, Wind & Fire'] }, ['performer Earth, Wind & Fire']],
    [{ artists: ['Ann ft. Bob & Co'] }, ['performer Ann', 'performer Bob & Co']],
    [{ title: 'Song (feat. Bob)' }, ['performer Ann', 'performer Bob']],
    [{ artists: ['Ann', 'ann'] }, ['performer Ann']],
    [{ artists: [], albumArtists: ['Bob'] }, ['performer Bob']],
    [{ artists: ['\0'] }, ['performer Unknown artist']],
    [
      {
        credits: { composer: ['Cy', 'CY'] },
      },
      ['performer Ann', 'composer Cy'],
    ],
  ])('%j gives %j', (tags, expected) => expect(names(tags)).toEqual(expected));

  it('is called after its file when it has no title', () =>
    expect(merge([{ title: null }]).title).toBe('A Song'));

  it('keeps the title as it is tagged', () =>
    expect(merge([{ title: 'Song (feat. Bob)' }]).title).toBe('Song (feat. Bob)'));

  it('gives ids to names when there are as many, before or after the guests are split off', () => {
    const ids = (names: readonly string[], list: readonly string[]) =>
      artistList(names, [], list).map((a) => a.musicBrainzId);
    expect(ids(['Ann feat. Bob'], [ID_A, ID_B])).toEqual([ID_A, ID_B]);
    expect(ids(['Ann feat. Bob'], [ID_A])).toEqual([ID_A, null]);
    expect(ids(['Ann', 'Bob'], [ID_A])).toEqual([null, null]);
    expect(ids(['Ann'], ['not an id'])).toEqual([null]);
  });

  it.each([
    ['Featuring Ann', []],
    ['Defeat. Bob', []],
    ['Ann featuring Bob, Cy', ['Bob', 'Cy']],
  ])('%s has the guests %j', (name, guests) => expect(splitFeaturing(name).guests).toEqual(guests));
});

describe('the numbers and texts of a file', () => {
  it('drops what no track can have', () => {
    const track = merge([{ trackNumber: -1, trackTotal: 0, year: 99_999, bpm: Number.NaN, comment: ' \0 ' }]);
    expect([track.trackNumber, track.trackTotal, track.year, track.bpm, track.comment]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('keeps the lines of lyrics and drops empty ones', () => {
    const lyrics = [
      { language: 'XXX', text: 'a\nb\0' },
      { language: 'jpn', text: ' ' },
      { language: 'eng', text: '[00:01.00]a', isBeside: true },
    ];
    expect(merge([{ lyrics }]).lyrics).toEqual([
      {
        language: 'eng',
        source: 'sidecar',
        timing: 'line',
        text: 'a',
        lines: [{ startMs: 1000, endMs: null, text: 'a', words: null }],
      },
      { language: null, source: 'embedded', timing: 'none', text: 'a\nb', lines: null },
    ]);
  });

  it('names a genre once', () => {
    expect(merge([{ genres: ['Rock', 'rock ', '', 'J-Pop'] }]).genres.map((genre) => genre.name)).toEqual([
      'Rock',
      'J-Pop',
    ]);
  });

  it('is found by title, artist and album', () => {
    expect(merge([{ albumArtists: ['Bob'] }]).searchText).toBe(' song \n ann \n blue \n bob ');
  });
});
