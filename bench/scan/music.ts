import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts of a template, as long as what replaces them, so that no length in the file changes. */
const TITLE = 'TITLE-PLACEHOLDER-0000';
const ARTIST = 'ARTIST-PLACEHOLDER-000';
const ALBUM = 'ALBUM-PLACEHOLDER-0000';
const COVER_BYTES = 43_000;
const ALBUM_TRACKS = 12;

const FORMATS = [
  {
    extension: 'mp3',
    share: 40,
    codec: ['-c:a', 'libmp3lame', '-b:a', '128k', '-id3v2_version', '4'],
    cover: true,
  },
  { extension: 'flac', share: 30, codec: ['-c:a', 'flac'], cover: true },
  { extension: 'opus', share: 15, codec: ['-c:a', 'libopus', '-b:a', '96k'], cover: false },
  { extension: 'm4a', share: 15, codec: ['-c:a', 'aac', '-b:a', '128k'], cover: true },
] as const;

/** Noise, as coarse as it must be for a JPEG of the wanted size. */
const makeCover = (ffmpeg: string, folder: string): string => {
  const side = 240;
  const noise = join(folder, 'noise.rgb');
  const cover = join(folder, 'cover.jpg');
  writeFileSync(noise, randomBytes(side * side * 3));
  const size = `${side}x${side}`;
  for (let quality = 2; quality <= 31; quality += 1) {
    const input = ['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', size, '-i', noise];
    execFileSync(ffmpeg, ['-v', 'error', '-y', ...input, '-frames:v', '1', '-q:v', String(quality), cover]);
    if (statSync(cover).size <= COVER_BYTES) break;
  }
  const bytes = readFileSync(cover);
  writeFileSync(cover, Buffer.concat([bytes, Buffer.alloc(Math.max(0, COVER_BYTES - bytes.length))]));
  return cover;
};

const makeTemplate = (
  ffmpeg: string,
  folder: string,
  cover: string,
  format: (typeof FORMATS)[number],
): Buffer => {
  const path = join(folder, `template.${format.extension}`);
  const tags = [
    `title=${TITLE}`,
    `artist=${ARTIST}`,
    `album_artist=${ARTIST}`,
    `album=${ALBUM}`,
    'genre=Rock',
    'date=1999',
    'track=7/12',
  ];
  execFileSync(ffmpeg, [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    'sine=frequency=440:duration=2',
    ...(format.cover
      ? ['-i', cover, '-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic']
      : []),
    ...format.codec,
    ...tags.flatMap((tag) => ['-metadata', tag]),
    path,
  ]);
  return readFileSync(path);
};

const OGG_CRC = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** Ogg pages carry a checksum, which changes with the tags. */
const sealOgg = (file: Buffer): void => {
  for (let at = 0; at + 27 <= file.length && file.toString('latin1', at, at + 4) === 'OggS';) {
    const segments = file[at + 26] ?? 0;
    const body = file.subarray(at + 27, at + 27 + segments).reduce((sum, size) => sum + size, 0);
    const page = file.subarray(at, at + 27 + segments + body);
    page.writeUInt32LE(0, 22);
    let crc = 0;
    for (const byte of page) crc = ((crc << 8) ^ (OGG_CRC[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
    page.writeUInt32LE(crc, 22);
    at += page.length;
  }
};

const replaceAll = (file: Buffer, from: string, to: string): void => {
  for (let at = file.indexOf(from); at >= 0; at = file.indexOf(from, at + to.length))
    file.write(to, at, 'latin1');
};

const text = (word: string, index: number, like: string): string =>
  `${word} ${String(index)}`.padEnd(like.length, '.').slice(0, like.length);

/** Tagged files in the mix of the goal, albums in folders; copied from four templates with other texts. */
export const makeMusic = (ffmpeg: string, root: string, files: number): void => {
  mkdirSync(root, { recursive: true });
  const scratch = join(root, '..', 'templates');
  mkdirSync(scratch, { recursive: true });
  const cover = makeCover(ffmpeg, scratch);
  const templates = FORMATS.map((format) => ({
    ...format,
    bytes: makeTemplate(ffmpeg, scratch, cover, format),
  }));
  const anHourAgo = Date.now() / 1000 - 3600;
  for (let index = 0; index < files; index += 1) {
    // 7 and 100 share no factor: the formats are mixed evenly.
    let place = (index * 7) % 100;
    const template = templates.find(({ share }) => (place -= share) < 0) ?? templates[0];
    if (template === undefined) throw new Error('there are no templates');
    const album = Math.floor(index / ALBUM_TRACKS);
    const bytes = Buffer.from(template.bytes);
    replaceAll(bytes, TITLE, text('Title', index, TITLE));
    replaceAll(bytes, ARTIST, text('Artist', Math.floor(album / 3), ARTIST));
    replaceAll(bytes, ALBUM, text('Album', album, ALBUM));
    if (template.extension === 'opus') sealOgg(bytes);
    const folder = join(root, `Artist ${Math.floor(album / 3)}`, `Album ${album}`);
    if (index % ALBUM_TRACKS === 0) mkdirSync(folder, { recursive: true });
    const path = join(
      folder,
      `${String(index % ALBUM_TRACKS).padStart(2, '0')} ${index}.${template.extension}`,
    );
    writeFileSync(path, bytes);
    utimesSync(path, anHourAgo, anHourAgo);
  }
};
