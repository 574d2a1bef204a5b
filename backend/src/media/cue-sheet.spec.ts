import { describe, expect, it } from '@jest/globals';
import { cueText, LARGEST_CUE_BYTES, parseCue, parseCueTag } from './cue-sheet.js';

const SHEET = `REM GENRE "Post-Rock"
REM DATE 2004
REM COMMENT "ExactAudioCopy v0.99"
PERFORMER "水無月"
TITLE "夜想"
FILE "夜想.wav" WAVE
  TRACK 01 AUDIO
    TITLE "One"
    ISRC JPAB00400001
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Two "quoted" words"
    PERFORMER "Élodie"
    SONGWRITER "Ann"
    PREGAP 00:02:00
    REM REPLAYGAIN_TRACK_GAIN -7.5 dB
    INDEX 00 03:01:70
    INDEX 01 03:04:10
    INDEX 02 03:30:00
  TRACK 03 MODE1/2352
    INDEX 01 05:00:00
`;

describe('parseCue', () => {
  it('reads what a sheet says of the album and of each track', () => {
    const sheet = parseCue(SHEET);
    expect(sheet).toMatchObject({
      files: ['夜想.wav'],
      title: '夜想',
      performer: '水無月',
      songwriter: null,
    });
    expect(Object.fromEntries(sheet?.remarks ?? [])).toMatchObject({ GENRE: 'Post-Rock', DATE: '2004' });
    expect(sheet?.tracks).toHaveLength(2);
    expect(sheet?.tracks[0]).toMatchObject({ number: 1, startFrames: 0, title: 'One', isrc: 'JPAB00400001' });
    expect(sheet?.tracks[1]).toMatchObject({
      number: 2,
      file: '夜想.wav',
      title: 'Two "quoted" words',
      performer: 'Élodie',
      songwriter: 'Ann',
    });
    expect(sheet?.tracks[1]?.remarks.get('REPLAYGAIN_TRACK_GAIN')).toBe('-7.5 dB');
  });

  it('begins a track at INDEX 01: the pause before it belongs to the one before', () => {
    expect(parseCue(SHEET)?.tracks[1]?.startFrames).toBe((3 * 60 + 4) * 75 + 10);
  });

  it('gives a track to the file in which its music begins', () => {
    const sheet = parseCue(
      'FILE a.wav WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 00 04:00:00\nFILE b.wav WAVE\nINDEX 01 00:00:00',
    );
    expect(sheet?.tracks.map(({ file }) => file)).toEqual(['a.wav', 'b.wav']);
  });

  it('is not held up by lines of blanks', () => {
    const blanks = ' '.repeat(300_000);
    const hostile = ['FILE a', 'TITLE a', 'REM a b', 'TRACK 01 AUDIO', 'INDEX 01', `"${blanks}`].map(
      (start) => `${start}${blanks}b${blanks}"c"`,
    );
    expect(parseCue(`FILE x WAVE\n${hostile.join('\n')}`)?.tracks).toHaveLength(1);
  });

  it.each([
    ['TRACK 01 AUDIO\nINDEX 01 00:00:00', null],
    ['FILE "x.wav" WAVE', null],
    ['', null],
    ['<html>', null],
  ])('%j is no sheet', (text, expected) => expect(parseCue(text)).toBe(expected));

  it.each(['00:60:00', '00:00:75', '1:2', 'ab:cd:ef', '-1:00:00', '999999999:00:00'])(
    'a track that begins at %s begins nowhere',
    (time) => {
      const sheet = parseCue(`FILE x WAVE\nTRACK 01 AUDIO\nINDEX 01 ${time}`);
      expect(sheet?.tracks[0]?.startFrames).toBeNull();
    },
  );
});

describe('cueText', () => {
  it.each([
    ['UTF-8', Buffer.from('TITLE "夜想 Été"')],
    ['UTF-8 with its mark', Buffer.from('\uFEFFTITLE "夜想 Été"')],
    ['UTF-16, little end first', Buffer.from('\uFEFFTITLE "夜想 Été"', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\uFEFFTITLE "夜想 Été"', 'utf16le').swap16()],
  ])('reads %s', (_name, bytes) => expect(cueText(bytes)).toBe('TITLE "夜想 Été"'));

  it('reads a code page by its letters', () => {
    // Shift-JIS
    const bytes = Buffer.concat([
      Buffer.from('TITLE "'),
      Buffer.from('96e982cc8a43', 'hex'),
      Buffer.from('"\r\nPERFORMER "'),
      Buffer.from('90858cb38e52', 'hex'),
      Buffer.from('"'),
    ]);
    expect(cueText(bytes)).toContain('夜の海');
  });

  it('finds no text in other bytes', () => expect(cueText(Buffer.from([1, 0, 2, 0, 3]))).toBeNull());
});

describe('parseCueTag', () => {
  it('needs no FILE, since it is in it', () => {
    const text = 'TITLE Night\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:01:00';
    expect(parseCueTag(text)).toMatchObject({
      files: [''],
      title: 'Night',
      tracks: [{ file: '' }, { file: '' }],
    });
    expect(parseCueTag(`FILE "D:\\x.ape" WAVE\n${text}`)).toMatchObject({ files: ['D:\\x.ape'] });
  });

  it.each(['', 'no sheet', 'TITLE x', `TRACK 01 AUDIO\n${'x'.repeat(LARGEST_CUE_BYTES)}`])(
    'finds none in other text',
    (text) => expect(parseCueTag(text)).toBeNull(),
  );
});
