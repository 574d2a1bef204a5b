import { execFile } from 'node:child_process';
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { RECORDS, sleeveOf } from './records.mjs';

const run = promisify(execFile);
const FFMPEG = process.env.FFMPEG_PATH ?? 'ffmpeg';

const LINES = [
  '夜明けの駅に ひとり立って',
  '遠い波の音を 数えている',
  '切符の裏に 書いた名前が',
  '風にほどけて 消えていく',
  'もうすぐ最初の 電車が来る',
  '窓に映るのは 昨日の空',
];

/** Two notes that swell and fall at their own pace, so that every wave has a shape of its own. */
const soundOf = (album, at, seconds) => {
  const hertz = 110 * (1 + ((album + at) % 5));
  const swell = `volume='(0.25+0.75*abs(sin(t/${5 + at * 2})))*(0.55+0.45*abs(sin(t*1.7)))':eval=frame`;
  return `sine=f=${hertz}:d=${seconds}[a];sine=f=${hertz * 1.5}:d=${seconds}[b];[a][b]amix,${swell},volume=5,afade=t=in:d=4,afade=t=out:st=${seconds - 8}:d=8`;
};

const lyrics = LINES.map((line, at) => `[00:${String(4 + at * 6).padStart(2, '0')}.00]${line}`).join('\n');

/** The records as files: drawn sleeves, sounding tracks, nothing from elsewhere. @returns how many tracks there are */
export const writeMusic = async (root) => {
  const before = new Date(Date.now() - 60_000);
  let count = 0;
  for (const [album, record] of RECORDS.entries()) {
    const folder = join(root, record.artist, record.title);
    await mkdir(folder, { recursive: true });
    const cover = join(folder, 'cover.jpg');
    await sharp(Buffer.from(sleeveOf(record)))
      .jpeg({ quality: 90 })
      .toFile(cover);
    await utimes(cover, before, before);
    for (const [at, title] of record.tracks.entries()) {
      const seconds = 150 + ((album * 37 + at * 53) % 140);
      const tags = {
        title,
        artist: record.artist,
        album: record.title,
        track: at + 1,
        date: record.year,
        genre: record.genre,
      };
      if (album === 0) tags.lyrics = lyrics;
      const file = join(folder, `${String(at + 1).padStart(2, '0')} ${title}.flac`);
      await run(FFMPEG, [
        ...[
          '-v',
          'error',
          '-f',
          'lavfi',
          '-i',
          soundOf(album, at, seconds),
          '-ac',
          '2',
          '-ar',
          '44100',
          '-sample_fmt',
          's16',
        ],
        ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
        file,
      ]);
      await utimes(file, before, before);
      count++;
    }
  }
  return count;
};
