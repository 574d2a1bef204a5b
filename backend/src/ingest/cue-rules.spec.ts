import { describe, expect, it } from '@jest/globals';
import { parseCue, type CueSheet } from '../media/cue-sheet.js';
import { NO_TAGS } from '../media/track-tags.js';
import { fileFor, fileInside, planOf, tagsOfPart } from './cue-rules.js';

const sheetOf = (text: string): CueSheet => {
  const sheet = parseCue(text);
  if (sheet === null) throw new Error('no sheet');
  return sheet;
};
const tracks = (...starts: readonly string[]): string =>
  starts
    .map((start, at) => `TRACK ${at + 1} AUDIO\nTITLE T${at + 1}\n${start === '' ? '' : `INDEX 01 ${start}`}`)
    .join('\n');
const WHOLE = { sampleRateHz: 44_100, sampleCount: 10 * 44_100 + 7 };
const plan = (...starts: readonly string[]) =>
  planOf(sheetOf(`FILE a.wav WAVE\n${tracks(...starts)}`), 'a.wav', 'a.cue', WHOLE);

describe('planOf', () => {
  it('cuts a file at the first sample of each track, without a gap', () => {
    const cut = plan('00:00:00', '00:04:01', '00:09:74');
    if (cut.kind !== 'parts') throw new Error(cut.kind);
    expect(cut.parts.map(({ index, fromSample, toSample }) => [index, fromSample, toSample])).toEqual([
      [1, 0, 301 * 588],
      [2, 301 * 588, 749 * 588],
      [3, 749 * 588, null],
    ]);
    expect(cut.parts.reduce((sum, { sampleCount }) => sum + sampleCount, 0)).toBe(WHOLE.sampleCount);
  });

  it('leaves out what is before the first track', () => {
    const cut = plan('00:00:32', '00:05:00');
    expect(cut.kind === 'parts' && cut.parts[0]?.fromSample).toBe(32 * 588);
  });

  it.each([
    [['00:00:00', '00:11:00'], 'beyond the end'],
    [['00:00:00', '00:05:00', '00:05:00'], 'before the one before'],
    [['00:05:00', '00:01:00'], 'before the one before'],
    [['00:00:00', ''], 'does not say where track 2'],
  ])('a sheet with tracks at %j is told to be wrong', (starts, reason) => {
    const cut = plan(...starts);
    expect(cut.kind === 'problem' && cut.reason).toContain(reason);
  });

  it('does not believe in a thousand tracks', () => {
    const starts = Array.from(
      { length: 1000 },
      (_, at) => `00:0${Math.floor(at / 750) * 5}:${String(at % 75).padStart(2, '0')}`,
    );
    const cut = plan(...starts);
    expect(cut.kind === 'problem' && cut.reason).toContain('more than 999 tracks');
  });

  it('one track is the file itself', () => expect(plan('00:00:00')).toEqual({ kind: 'none' }));

  it('takes the tracks of one file out of a sheet of several', () => {
    const sheet = sheetOf(
      `FILE a.wav WAVE\n${tracks('00:00:00', '00:01:00')}\nFILE b.wav WAVE\n${tracks('00:00:00')}`,
    );
    const cut = planOf(sheet, 'a.wav', 'x.cue', WHOLE);
    expect(cut.kind === 'parts' && cut.parts.length).toBe(2);
    expect(planOf(sheet, 'b.wav', 'x.cue', WHOLE).kind).toBe('none');
  });
});

describe('fileFor', () => {
  const of = (files: readonly string[], sheetName: string, audio: string) =>
    fileFor(
      sheetOf(`${files.map((file) => `FILE "${file}" WAVE`).join('\n')}\n${tracks('00:00:00')}`),
      sheetName,
      audio,
    );
  it.each([
    [['Album.wav'], 'x.cue', 'album.flac', 'Album.wav'],
    [['C:\\rips\\Album.wav'], 'x.cue', 'Album.flac', 'C:\\rips\\Album.wav'],
    [['image.bin'], 'Album.cue', 'Album.flac', 'image.bin'],
    [['image.bin'], 'Album.flac.cue', 'Album.flac', 'image.bin'],
    [['one.wav', 'two.wav'], 'Album.cue', 'Album.flac', null],
    [['other.wav'], 'x.cue', 'Album.flac', null],
  ])('%j in %s, for %s', (files, sheetName, audio, found) => expect(of(files, sheetName, audio)).toBe(found));
});

describe('fileInside', () => {
  it.each([
    [['anything.wav'], 'album.flac', 'anything.wav'],
    [['one.wav', 'two.wav'], 'two.flac', 'two.wav'],
    [['one.wav', 'two.wav'], 'album.flac', null],
  ])('of %j, for %s', (files, audio, found) =>
    expect(
      fileInside(
        sheetOf(`${files.map((file) => `FILE "${file}" WAVE`).join('\n')}\n${tracks('00:00:00')}`),
        audio,
      ),
    ).toBe(found),
  );
});

describe('tagsOfPart', () => {
  it('says what the sheet says, else what the file says', () => {
    const sheet = sheetOf(
      `REM DATE 2004\nREM GENRE Jazz\nREM DISCNUMBER 2\nPERFORMER "Various"\nTITLE "Night"\nFILE a WAVE\n` +
        `TRACK 07 AUDIO\nTITLE Seven\nPERFORMER Ann\nISRC X\nINDEX 01 00:00:00\nTRACK 08 AUDIO\nINDEX 01 00:01:00`,
    );
    const cut = planOf(sheet, 'a', 'a.cue', WHOLE);
    if (cut.kind !== 'parts') throw new Error(cut.kind);
    const file = {
      ...NO_TAGS,
      label: 'Blue',
      album: 'Other',
      lyrics: [{ language: null, text: 'la' }],
    };
    const [seven, eight] = cut.parts.map((part) => tagsOfPart(file, sheet, part, 2));
    expect(seven).toMatchObject({
      title: 'Seven',
      artists: ['Ann'],
      albumArtists: ['Various'],
      album: 'Night',
      trackNumber: 7,
      trackTotal: 2,
      discNumber: 2,
      genres: ['Jazz'],
      date: '2004',
      year: 2004,
      isrc: 'X',
      label: 'Blue',
      lyrics: [],
    });
    expect(eight).toMatchObject({ title: 'Track 08', artists: ['Various'], isrc: null });
  });
});
