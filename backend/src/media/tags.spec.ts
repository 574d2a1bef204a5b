import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { numberOf, retagM4a } from '../../test/support/mp4-tag-writer.js';
import {
  apeTag,
  flacCueBlock,
  type Frame,
  id3v1Tag,
  id3v23Tag,
  id3v24Tag,
  lyricsFrame,
  pictureFrame,
  rawTextFrame,
  retagFlac,
  retagOgg,
  syncedLyricsFrame,
  textFrame,
  uniqueFileFrame,
  userTextFrame,
  userTextFrame16,
} from '../../test/support/tag-writers.js';
import { ToneFolder } from '../../test/support/tones.js';
import { sourceOf } from '../../test/support/served-source.js';
import { readTags, readTagsByProbe, type ReadTagsOptions } from './tags.js';
import type { TrackTags } from './track-tags.js';

const tagsOf = (path: string, options?: ReadTagsOptions) =>
  readTags(() => sourceOf(path), Buffer.from(path), options);

let tones: ToneFolder;
let mp3: Buffer;
beforeAll(async () => {
  tones = await ToneFolder.create();
  await tones.wav('a.wav');
  const plain = ['-map_metadata', '-1'];
  await tones.convert('a.wav', 'a.mp3', [
    '-c:a',
    'libmp3lame',
    '-write_id3v2',
    '0',
    '-id3v2_version',
    '0',
    ...plain,
  ]);
  for (const name of ['a.flac', 'a.m4a', 'a.ogg', 'a.opus']) await tones.convert('a.wav', name, plain);
  mp3 = await readFile(tones.path('a.mp3'));
});
afterAll(() => tones.remove());

const [RECORDING, RELEASE] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const ARTIST_IDS = [3, 4, 5].map(
  (n) =>
    `${n}`.repeat(8) + `-${`${n}`.repeat(4)}-4${`${n}`.repeat(3)}-8${`${n}`.repeat(3)}-` + `${n}`.repeat(12),
);
const ARTISTS = ['Björk', '坂本龍一', 'AC/DC'];
const SLEEVE = 'Björk feat. 坂本龍一 & AC/DC';

/** ID3: how several values stand in one frame is what differs between the versions. */
const id3Frames = (separator: string, user: (name: string, text: string) => Frame): Frame[] => [
  textFrame('TIT2', 'Two Voices'),
  textFrame('TPE1', SLEEVE),
  user('ARTISTS', ARTISTS.join('\0')),
  textFrame('TPE2', ['Björk', 'Various Friends'].join(separator)),
  textFrame('TALB', 'Golden'),
  textFrame('TRCK', '3/12'),
  textFrame('TPOS', '1/2'),
  textFrame('TCON', ['Electronic', 'Drum & Bass'].join('\0')),
  textFrame('TCOM', ['Johann Sebastian Bach', '久石譲'].join(separator)),
  textFrame('TDRC', '2005-03-14'),
  textFrame('TCMP', '1'),
  textFrame('TPUB', 'Kanade Records'),
  textFrame('TSRC', 'JPX010500001'),
  user('CATALOGNUMBER', 'KND-001'),
  user('MusicBrainz Album Type', ['album', 'compilation'].join(separator)),
  uniqueFileFrame('http://musicbrainz.org', RECORDING ?? ''),
  user('MusicBrainz Album Id', RELEASE ?? ''),
  user('MusicBrainz Artist Id', ARTIST_IDS.join(separator)),
  user('REPLAYGAIN_TRACK_GAIN', '-7.50 dB'),
];

const COMMENTS: [string, string][] = [
  ['TITLE', 'Two Voices'],
  ['ARTIST', SLEEVE],
  ...ARTISTS.map((artist): [string, string] => ['ARTISTS', artist]),
  ['ALBUMARTIST', 'Björk'],
  ['ALBUMARTIST', 'Various Friends'],
  ['ALBUM', 'Golden'],
  ['TRACKNUMBER', '3'],
  ['TRACKTOTAL', '12'],
  ['DISCNUMBER', '1'],
  ['DISCTOTAL', '2'],
  ['GENRE', 'Electronic'],
  ['GENRE', 'Drum & Bass'],
  ['COMPOSER', 'Johann Sebastian Bach'],
  ['COMPOSER', '久石譲'],
  ['DATE', '2005-03-14'],
  ['COMPILATION', '1'],
  ['LABEL', 'Kanade Records'],
  ['ISRC', 'JPX010500001'],
  ['CATALOGNUMBER', 'KND-001'],
  ['RELEASETYPE', 'album'],
  ['RELEASETYPE', 'compilation'],
  ['MUSICBRAINZ_TRACKID', RECORDING ?? ''],
  ['MUSICBRAINZ_ALBUMID', RELEASE ?? ''],
  ...ARTIST_IDS.map((id): [string, string] => ['MUSICBRAINZ_ARTISTID', id]),
  ['REPLAYGAIN_TRACK_GAIN', '-7.50 dB'],
];

const APE = {
  Title: ['Two Voices'],
  Artist: [SLEEVE],
  Artists: ARTISTS,
  'Album Artist': ['Björk', 'Various Friends'],
  Album: ['Golden'],
  Track: ['3/12'],
  Disc: ['1/2'],
  Genre: ['Electronic', 'Drum & Bass'],
  Composer: ['Johann Sebastian Bach', '久石譲'],
  Year: ['2005-03-14'],
  Compilation: ['1'],
  Label: ['Kanade Records'],
  ISRC: ['JPX010500001'],
  CatalogNumber: ['KND-001'],
  MUSICBRAINZ_ALBUMTYPE: ['album', 'compilation'],
  musicbrainz_trackid: [RECORDING ?? ''],
  MUSICBRAINZ_ALBUMID: [RELEASE ?? ''],
  MUSICBRAINZ_ARTISTID: ARTIST_IDS,
  REPLAYGAIN_TRACK_GAIN: ['-7.50 dB'],
};

const ATOMS = [
  { name: '\u00a9nam', texts: ['Two Voices'] },
  { name: '\u00a9ART', texts: [SLEEVE] },
  { freeform: 'ARTISTS', texts: ARTISTS },
  { name: 'aART', texts: ['Björk', 'Various Friends'] },
  { name: '\u00a9alb', texts: ['Golden'] },
  { name: 'trkn', bytes: numberOf(3, 12) },
  { name: 'disk', bytes: numberOf(1, 2) },
  { name: '\u00a9gen', texts: ['Electronic', 'Drum & Bass'] },
  { name: '\u00a9wrt', texts: ['Johann Sebastian Bach', '久石譲'] },
  { name: '\u00a9day', texts: ['2005-03-14'] },
  { name: 'cpil', bytes: Buffer.from([1]) },
  { freeform: 'LABEL', texts: ['Kanade Records'] },
  { freeform: 'ISRC', texts: ['JPX010500001'] },
  { freeform: 'CATALOGNUMBER', texts: ['KND-001'] },
  { freeform: 'MusicBrainz Album Type', texts: ['album', 'compilation'] },
  { freeform: 'MusicBrainz Track Id', texts: [RECORDING ?? ''] },
  { freeform: 'MusicBrainz Album Id', texts: [RELEASE ?? ''] },
  { freeform: 'MusicBrainz Artist Id', texts: ARTIST_IDS },
  { freeform: 'replaygain_track_gain', texts: ['-7.50 dB'] },
];

const golden = (tags: TrackTags): unknown => ({
  title: tags.title,
  artists: tags.artists,
  artistText: tags.artistText,
  albumArtists: tags.albumArtists,
  album: tags.album,
  trackNumber: tags.trackNumber,
  trackTotal: tags.trackTotal,
  discNumber: tags.discNumber,
  discTotal: tags.discTotal,
  genres: tags.genres,
  composers: tags.credits.composer,
  date: tags.date,
  year: tags.year,
  compilation: tags.compilation,
  releaseType: tags.releaseType,
  label: tags.label,
  catalogNumber: tags.catalogNumber,
  isrc: tags.isrc,
  recording: tags.musicBrainz.recording,
  release: tags.musicBrainz.release,
  artistIds: tags.musicBrainz.artists,
  trackDb: tags.replayGain.trackDb,
});

const tagged = async (name: string, bytes: Buffer): Promise<TrackTags> =>
  (await tagsOf(await tones.write(name, bytes))).tags;

describe('fields of several values', () => {
  const files: readonly (readonly [string, () => Promise<Buffer> | Buffer])[] = [
    ['id3v23-slash.mp3', () => Buffer.concat([id3v23Tag(id3Frames('/', userTextFrame16)), mp3])],
    ['id3v23-nul.mp3', () => Buffer.concat([id3v23Tag(id3Frames('\0', userTextFrame16)), mp3])],
    ['id3v24.mp3', () => Buffer.concat([id3v24Tag(id3Frames('\0', userTextFrame)), mp3])],
    ['ape.mp3', () => Buffer.concat([mp3, apeTag(APE)])],
    ['vorbis.flac', async () => retagFlac(await readFile(tones.path('a.flac')), COMMENTS)],
    ['vorbis.ogg', async () => retagOgg(await readFile(tones.path('a.ogg')), COMMENTS)],
    ['vorbis.opus', async () => retagOgg(await readFile(tones.path('a.opus')), COMMENTS)],
    ['atoms.m4a', async () => retagM4a(await readFile(tones.path('a.m4a')), ATOMS)],
  ];

  it.each(files)('come out of %s as the golden file says', async (name, make) => {
    const wanted: unknown = JSON.parse(await readFile(join(import.meta.dirname, 'tags.golden.json'), 'utf8'));
    expect(golden(await tagged(name, await make()))).toEqual(wanted);
  });

  it.each([
    [['AC/DC'], 'AC/DC'],
    [['Queen', 'David Bowie'], 'Queen/David Bowie'],
    [['M/A/R/R/S'], 'M/A/R/R/S'],
    [['宇多田', '椎名'], '宇多田/椎名'],
  ])('are %j for the ID3v2.3 artist %s', async (artists, written) => {
    const tags = await tagged('slash.mp3', Buffer.concat([id3v23Tag([textFrame('TPE1', written)]), mp3]));
    expect(tags.artists).toEqual(artists);
    expect(tags.artistText).toBe(artists.join(', '));
  });

  it('never split at a word: a featured artist stays in the name until a tag says otherwise', async () => {
    const tags = await tagged(
      'feat.mp3',
      Buffer.concat([id3v24Tag([textFrame('TPE1', 'A feat. B & C/D')]), mp3]),
    );
    expect(tags.artists).toEqual(['A feat. B & C/D']);
  });
});

describe('the text of a tag', () => {
  it.each([
    ['cp932', '残酷な天使のテーゼ', '高橋洋子'],
    ['gbk', '月亮代表我的心', '邓丽君'],
    ['win1251', 'Группа крови', 'Кино'],
    ['latin1', 'Jóga', 'Björk'],
  ])('is read in %s where the standard says Latin-1', async (encoding, title, artist) => {
    const frames = [
      rawTextFrame('TIT2', iconv.encode(title, encoding)),
      rawTextFrame('TPE1', iconv.encode(artist, encoding)),
    ];
    const v2 = await tagged('legacy.mp3', Buffer.concat([id3v23Tag(frames), mp3]));
    expect([v2.title, v2.artists]).toEqual([title, [artist]]);
    const old = { title: iconv.encode(title, encoding), artist: iconv.encode(artist, encoding) };
    const v1 = await tagged('legacy1.mp3', Buffer.concat([mp3, id3v1Tag(old)]));
    expect([v1.title, v1.artists]).toEqual([title, [artist]]);
  });
});

describe('what else a tag holds', () => {
  it('are lyrics, plain and timed', async () => {
    const frames = [
      lyricsFrame('jpn', 'plain words'),
      syncedLyricsFrame('eng', [
        [500, 'first line'],
        [61_230, 'second line'],
      ]),
    ];
    const tags = await tagged('lyrics.mp3', Buffer.concat([id3v24Tag(frames), mp3]));
    expect(tags.lyrics).toEqual([
      { language: 'jpn', text: 'plain words' },
      { language: 'eng', text: '[00:00.500]first line\n[01:01.230]second line' },
    ]);
  });

  it('are lyrics as they stand there: with every time of a line, and of a word', async () => {
    const lrc = '[00:01.00][00:09.00]again\n[00:05.00]<00:05.00>two <00:05.50>words';
    const flac = retagFlac(await readFile(tones.path('a.flac')), [['LYRICS', lrc]]);
    const syllables = syncedLyricsFrame('eng', [
      [500, 'Hel'],
      [700, 'lo'],
      [900, '\nyou'],
    ]);
    expect((await tagged('lyrics.flac', flac)).lyrics).toEqual([{ language: null, text: lrc }]);
    const mp3s = Buffer.concat([id3v24Tag([lyricsFrame('eng', lrc), syllables]), mp3]);
    expect((await tagged('timed.mp3', mp3s)).lyrics).toEqual([
      { language: 'eng', text: lrc },
      { language: 'eng', text: '[00:00.500]<00:00.500>Hel<00:00.700>lo\n[00:00.900]you' },
    ]);
  });

  it('is a picture, but only when it is asked for', async () => {
    const data = Buffer.from('not really a picture');
    const file = await tones.write(
      'art.mp3',
      Buffer.concat([id3v24Tag([pictureFrame(3, 'image/jpeg', data)]), mp3]),
    );
    expect((await tagsOf(file)).pictures).toEqual([]);
    const [picture] = (await tagsOf(file, { pictures: true })).pictures;
    expect(picture).toMatchObject({ type: 'Cover (front)', mimeType: 'image/jpeg' });
    expect(Buffer.from(picture?.data ?? []).equals(data)).toBe(true);
  });

  it('is nothing in a file without tags, and no error', async () => {
    const { tags, format } = await tagsOf(tones.path('a.mp3'));
    expect(tags).toMatchObject({ title: null, artists: [], album: null, lyrics: [] });
    expect(format).toMatchObject({ sampleRateHz: 44_100, channels: 2, lossless: false });
  });

  it('is read by ffprobe where the parser refuses', async () => {
    await tones.convert('a.wav', 'plain.mka', [
      '-c:a',
      'flac',
      '-metadata',
      'title=Said',
      '-metadata',
      'artist=By',
    ]);
    const { tags, format } = await readTagsByProbe(tones.tools, tones.path('plain.mka'));
    expect(tags).toMatchObject({ title: 'Said', artists: ['By'] });
    expect(format).toMatchObject({ codec: 'flac', sampleRateHz: 44_100 });
    const text = await tones.write('text.mp3', Buffer.from('only words\n'.repeat(50)));
    await expect(readTagsByProbe(tones.tools, text)).rejects.toMatchObject({ code: 'NOT_AUDIO' });
  });
});

describe('a CUE sheet inside a file', () => {
  const SHEET =
    'TITLE "Night"\r\nFILE "x.ape" WAVE\r\nTRACK 01 AUDIO\r\nTITLE "夜"\r\nINDEX 01 00:00:00\r\n' +
    'TRACK 02 AUDIO\r\nTITLE "Two"\r\nINDEX 01 00:00:30';
  const sheetIn = async (name: string, bytes: Buffer) =>
    (await tagsOf(await tones.write(name, bytes))).cueSheet;

  it('is read where each kind of file keeps it', async () => {
    await tones.convert('a.wav', 'a.wv', ['-map_metadata', '-1']);
    const flac = await readFile(tones.path('a.flac'));
    const ogg = await readFile(tones.path('a.ogg'));
    const written = await readFile(tones.path('a.wv'));
    const pack = written.subarray(0, written.indexOf('APETAGEX'));
    const found = [
      await sheetIn('cue.flac', retagFlac(flac, [['cuesheet', SHEET]])),
      await sheetIn('cue.ogg', retagOgg(ogg, [['CUESHEET', SHEET]])),
      await sheetIn('cue.wv', Buffer.concat([pack, apeTag({ Cuesheet: [SHEET] })])),
      await sheetIn('ape.mp3', Buffer.concat([mp3, apeTag({ CueSheet: [SHEET] })])),
      await sheetIn('id3.mp3', Buffer.concat([id3v24Tag([userTextFrame('CUESHEET', SHEET)]), mp3])),
    ];
    for (const sheet of found) {
      expect(sheet).toMatchObject({ title: 'Night', files: ['x.ape'] });
      expect(sheet?.tracks.map(({ title, startFrames }) => [title, startFrames])).toEqual([
        ['夜', 0],
        ['Two', 30],
      ]);
    }
  });

  it("is FLAC's own block, exact to the sample, where no tag says more", async () => {
    const flac = await readFile(tones.path('a.flac'));
    const block = flacCueBlock([0, 22_051], 44_100);
    const sheet = await sheetIn('block.flac', retagFlac(flac, [], block));
    expect(sheet?.tracks.map(({ number, isrc, title }) => [number, isrc, title])).toEqual([
      [1, 'JPAB00400001', null],
      [2, null, null],
    ]);
    expect(sheet?.tracks.map(({ startFrames }) => ((startFrames ?? 0) * 44_100) / 75)).toEqual([0, 22_051]);
    expect((await sheetIn('both.flac', retagFlac(flac, [['CUESHEET', SHEET]], block)))?.title).toBe('Night');
    const behindId3 = Buffer.concat([id3v24Tag([textFrame('TIT2', 'x')]), retagFlac(flac, [], block)]);
    expect((await sheetIn('id3.flac', behindId3))?.tracks).toHaveLength(2);
  });

  it('is none when its block is cut off, has no tracks, or is of zeros', async () => {
    const flac = await readFile(tones.path('a.flac'));
    const block = flacCueBlock([0, 22_050], 44_100);
    for (const length of [0, 100, 396, 420, 470, block.length - 1])
      expect(await sheetIn('cut.flac', retagFlac(flac, [], block.subarray(0, length)))).toBeNull();
    for (const bytes of [Buffer.alloc(5000), Buffer.alloc(5000, 0xff), flacCueBlock([], 44_100)])
      expect((await sheetIn('hostile.flac', retagFlac(flac, [], bytes)))?.tracks ?? []).toEqual([]);
  });

  it('is none in a file that has none', async () =>
    expect((await tagsOf(tones.path('a.flac'))).cueSheet).toBeNull());
});
