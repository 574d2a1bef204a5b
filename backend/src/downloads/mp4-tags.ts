import { boxesIn, findBox, Mp4Error } from '../transcode/mp4-boxes.js';

/** What a file says of itself. */
export interface FileTags {
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly albumArtists: readonly string[];
  readonly composers: readonly string[];
  readonly genres: readonly string[];
  readonly date: string | null;
  readonly track: { readonly number: number | null; readonly total: number | null };
  readonly disc: { readonly number: number | null; readonly total: number | null };
  readonly isrc: string | null;
  readonly musicBrainzId: string | null;
  readonly lyrics: string | null;
  /** JPEG. */
  readonly cover: Buffer | null;
}

/** Kinds of values, as iTunes numbers them. */
const BINARY = 0;
const TEXT = 1;
const JPEG = 13;

const box = (type: string, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
};
const fullBox = (type: string, ...parts: readonly Uint8Array[]): Buffer =>
  box(type, Buffer.alloc(4), ...parts);

const data = (kind: number, value: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(kind);
  return box('data', head, value);
};
/** Several values stand beside each other in one item: never a joined text. */
const texts = (type: string, values: readonly (string | null)[]): Buffer[] => {
  const told = values.flatMap((value) => (value === null || value === '' ? [] : [Buffer.from(value)]));
  return told.length === 0 ? [] : [box(type, ...told.map((value) => data(TEXT, value)))];
};
const freeform = (name: string, value: string | null): Buffer[] =>
  value === null
    ? []
    : [
        box(
          '----',
          fullBox('mean', Buffer.from('com.apple.iTunes')),
          fullBox('name', Buffer.from(name)),
          data(TEXT, Buffer.from(value)),
        ),
      ];
const place = (type: 'trkn' | 'disk', { number, total }: FileTags['track']): Buffer[] => {
  if (number === null) return [];
  const value = Buffer.alloc(type === 'trkn' ? 8 : 6);
  value.writeUInt16BE(Math.min(number, 0xffff), 2);
  value.writeUInt16BE(Math.min(total ?? 0, 0xffff), 4);
  return [box(type, data(BINARY, value))];
};

const itemsOf = (tags: FileTags): Buffer =>
  box(
    'ilst',
    ...texts('\xa9nam', [tags.title]),
    ...texts('\xa9ART', tags.artists),
    ...texts('\xa9alb', [tags.album]),
    ...texts('aART', tags.albumArtists),
    ...texts('\xa9wrt', tags.composers),
    ...texts('\xa9gen', tags.genres),
    ...texts('\xa9day', [tags.date]),
    ...place('trkn', tags.track),
    ...place('disk', tags.disc),
    ...texts('\xa9lyr', [tags.lyrics]),
    ...freeform('ISRC', tags.isrc),
    ...freeform('MusicBrainz Track Id', tags.musicBrainzId),
    ...(tags.cover === null ? [] : [box('covr', data(JPEG, tags.cover))]),
  );

const HANDLER = fullBox('hdlr', Buffer.concat([Buffer.alloc(4), Buffer.from('mdirappl'), Buffer.alloc(9)]));

/**
 * Pure: the head of a fragmented MP4 file, with tags and a cover in it. Fragments count from where they begin
 * themselves, so none has to be changed: a tagged file costs its head, and no encoder. @throws Mp4Error
 */
export const taggedInit = (init: Buffer, tags: FileTags): Buffer => {
  const moov = findBox(init, 'moov');
  if (moov === undefined) throw new Mp4Error('the head of this file has no moov');
  const kept = boxesIn(init, moov.contentStart, moov.end)
    .filter(({ type }) => type !== 'udta')
    .map(({ contentStart, end }) => init.subarray(contentStart - 8, end));
  const udta = box('udta', fullBox('meta', HANDLER, itemsOf(tags)));
  return Buffer.concat([
    init.subarray(0, moov.contentStart - 8),
    box('moov', ...kept, udta),
    init.subarray(moov.end),
  ]);
};
