import { mkdir, readFile, readdir, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toneWav, type Tone, type ToneFolder } from './tones.js';

/** A small shelf with something of everything: names below its root, which is `music` in the folder of tones. */
export const MUSIC = 'music';

export const NIGHT = '水無月/夜想/Disc 1/01 夜の海.flac';
export const DAWN = '水無月/夜想/Disc 2/01 暁光.flac';
export const SUN = 'Élodie Noël/Été/01 Soleil.mp3';
export const RAIN = 'Élodie Noël/Été/02 Pluie.m4a';
export const PIER = 'Various/Harbour Lights/01 Pier.ogg';
export const FERRY = 'Various/Harbour Lights/02 Ferry.opus';
export const TIN = 'Field Notes/01 - Rain on tin.wav';

export const CUT = 'Broken/cut.flac';
export const EMPTY = 'Broken/empty.flac';
export const WORDS = 'Broken/words.mp3';

const tagged = (tags: Readonly<Record<string, string>>): string[] =>
  Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);

const flac = ['-c:a', 'flac'];
const nightTags = {
  album: '夜想',
  artist: '水無月',
  album_artist: '水無月',
  date: '2021-05-06',
  genre: 'Ambient',
};
const summerTags = { album: 'Été', artist: 'Élodie Noël', date: '2019', genre: 'Chanson' };
const harbourTags = { album: 'Harbour Lights', album_artist: 'Various Artists', compilation: '1' };

export interface Recipe {
  readonly name: string;
  readonly tone: Tone;
  readonly args: readonly string[];
  /** A picture inside the file, of this colour. */
  readonly cover?: string;
}

const RECIPES: readonly Recipe[] = [
  {
    name: NIGHT,
    tone: { seconds: 9.1, frequencyHz: 330, noise: 0.2 },
    args: [...flac, ...tagged({ ...nightTags, title: '夜の海', disc: '1/2', track: '1/1' })],
    cover: 'navy',
  },
  {
    name: DAWN,
    tone: { seconds: 5, sampleRateHz: 96_000, bits: 24, frequencyHz: 523, noise: 0.1 },
    args: [...flac, ...tagged({ ...nightTags, title: '暁光', disc: '2/2', track: '1/1' })],
  },
  {
    name: SUN,
    tone: { seconds: 4.5, frequencyHz: 392, noise: 0.1 },
    args: [
      ...['-c:a', 'libmp3lame', '-b:a', '192k', '-id3v2_version', '3'],
      ...tagged({ ...summerTags, title: 'Soleil', track: '1/2' }),
    ],
    cover: 'orange',
  },
  {
    name: RAIN,
    tone: { seconds: 3, frequencyHz: 294, noise: 0.1 },
    args: ['-c:a', 'aac', '-b:a', '128k', ...tagged({ ...summerTags, title: 'Pluie d’été', track: '2/2' })],
  },
  {
    name: PIER,
    tone: { seconds: 2.5, frequencyHz: 440, noise: 0.1 },
    args: ['-c:a', 'libvorbis', ...tagged({ ...harbourTags, title: 'Pier', artist: 'AC/DC', track: '1' })],
  },
  {
    name: FERRY,
    tone: { seconds: 2, sampleRateHz: 48_000, frequencyHz: 587, noise: 0.1 },
    args: ['-c:a', 'libopus', ...tagged({ ...harbourTags, title: 'Ferry', artist: 'Bjørn Å', track: '2' })],
  },
  { name: TIN, tone: { seconds: 2, channels: 1, noise: 0.3 }, args: ['-c:a', 'pcm_s16le'] },
];

/** Small, since every size that fits is encoded in three formats. */
export const COVER_PX = 160;

export const writePicture = (tones: ToneFolder, name: string, colour: string): Promise<string> =>
  tones.run([
    '-f',
    'lavfi',
    '-i',
    `color=c=${colour}:s=${COVER_PX}x${COVER_PX}`,
    '-frames:v',
    '1',
    tones.path(name),
  ]);

/** One file by a recipe, under the music root. */
export const writeTrack = async (tones: ToneFolder, { name, tone, args, cover }: Recipe): Promise<void> => {
  const path = tones.path(`${MUSIC}/${name}`);
  await mkdir(dirname(path), { recursive: true });
  const scratch = name.replaceAll('/', ' ');
  const wav = await tones.write(`${scratch}.wav`, toneWav(tone));
  const picture = cover === undefined ? [] : ['-i', await writePicture(tones, `${scratch}.png`, cover)];
  const attach = ['-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic'];
  await tones.run(['-i', wav, ...picture, ...(cover === undefined ? [] : attach), ...args, path]);
};

/** Written a minute ago, as far as anybody can tell: nobody waits for such files to settle. */
export const settleFiles = async (root: string): Promise<void> => {
  const before = new Date(Date.now() - 60_000);
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), before, before);
};

/** How many files of the folder are music, or say that they are. */
export const FILES = 10;

/** Seven files that can be heard, two covers in folders, and three that nobody can hear. */
export const writeMusicFolder = async (tones: ToneFolder): Promise<string> => {
  const root = tones.path(MUSIC);
  await Promise.all(RECIPES.map((recipe) => writeTrack(tones, recipe)));
  await writePicture(tones, `${MUSIC}/水無月/夜想/cover.png`, 'teal');
  await writePicture(tones, `${MUSIC}/Various/Harbour Lights/folder.jpg`, 'olive');
  await mkdir(`${root}/Broken`);
  await writeFile(`${root}/${CUT}`, await readFile(`${root}/${DAWN}`));
  await truncate(`${root}/${CUT}`, 400_000);
  await writeFile(`${root}/${EMPTY}`, '');
  await writeFile(`${root}/${WORDS}`, 'These are words, and nobody can hear them.\n'.repeat(200));
  await settleFiles(root);
  return root;
};
