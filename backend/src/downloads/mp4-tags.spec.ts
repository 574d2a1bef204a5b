import { describe, expect, it } from '@jest/globals';
import { boxesIn, findBox } from '../transcode/mp4-boxes.js';
import { taggedInit, type FileTags } from './mp4-tags.js';

const box = (type: string, content: Buffer = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
};
const INIT = Buffer.concat([
  box('ftyp', Buffer.from('iso5')),
  box('moov', Buffer.concat([box('mvhd', Buffer.alloc(12)), box('udta', box('old ')), box('mvex')])),
]);
const TAGS: FileTags = {
  title: '夜の海',
  artists: ['水無月', 'Élodie'],
  album: '夜想',
  albumArtists: [],
  composers: ['Béla Bartók'],
  genres: [],
  date: null,
  track: { number: 3, total: null },
  disc: { number: null, total: null },
  isrc: null,
  musicBrainzId: null,
  lyrics: null,
  cover: null,
};

describe('the head of a file', () => {
  it('keeps what it held, has tags in the place of older ones, and its sizes are right', () => {
    const tagged = taggedInit(INIT, TAGS);
    expect(boxesIn(tagged, 0, tagged.length).map(({ type }) => type)).toEqual(['ftyp', 'moov']);
    const moov = findBox(tagged, 'moov');
    expect(boxesIn(tagged, moov?.contentStart ?? 0, moov?.end ?? 0).map(({ type }) => type)).toEqual([
      'mvhd',
      'mvex',
      'udta',
    ]);
    expect(findBox(tagged, 'moov/udta/meta')?.end).toBe(tagged.length);
  });

  it('names each artist by itself, and nothing that is not known', () => {
    const text = taggedInit(INIT, TAGS);
    const meta = findBox(text, 'moov/udta/meta');
    const [, ilst] = boxesIn(text, (meta?.contentStart ?? 0) + 4, meta?.end ?? 0);
    const items = boxesIn(text, ilst?.contentStart ?? 0, ilst?.end ?? 0);
    expect(items.map(({ type }) => type)).toEqual(['\xa9nam', '\xa9ART', '\xa9alb', '\xa9wrt', 'trkn']);
    const [, artists] = items;
    const values = boxesIn(text, artists?.contentStart ?? 0, artists?.end ?? 0);
    expect(values.map(({ contentStart, end }) => text.toString('utf8', contentStart + 8, end))).toEqual(
      TAGS.artists,
    );
  });
});
