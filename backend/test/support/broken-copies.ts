import { randomFrom, type ToneFolder } from './tones.js';

/** Forty good files: every container and codec that the ffmpeg of the tests writes, at several rates and depths. */
const KINDS: readonly (readonly [extension: string, args: readonly string[]])[] = [
  ['flac', ['-c:a', 'flac']],
  ['flac', ['-c:a', 'flac', '-sample_fmt', 's32', '-ar', '96000']],
  ['wav', ['-c:a', 'pcm_s16le']],
  ['wav', ['-c:a', 'pcm_s24le']],
  ['wav', ['-c:a', 'pcm_f32le']],
  ['aiff', ['-c:a', 'pcm_s16be']],
  ['mp3', ['-c:a', 'libmp3lame', '-b:a', '128k']],
  ['mp3', ['-c:a', 'libmp3lame', '-q:a', '4']],
  ['mp3', ['-c:a', 'libmp3lame', '-b:a', '64k', '-write_xing', '0', '-ar', '22050']],
  ['m4a', ['-c:a', 'aac', '-b:a', '96k']],
  ['m4a', ['-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart']],
  ['m4a', ['-c:a', 'alac']],
  ['aac', ['-c:a', 'aac', '-b:a', '96k']],
  ['ogg', ['-c:a', 'libvorbis', '-q:a', '4']],
  ['opus', ['-c:a', 'libopus', '-b:a', '96k']],
  ['ogg', ['-c:a', 'flac']],
  ['mka', ['-c:a', 'libvorbis']],
  ['wv', ['-c:a', 'wavpack']],
  ['wma', ['-c:a', 'wmav2']],
  ['au', ['-c:a', 'pcm_s16be']],
];
const CHANNELS = [1, 2] as const;

export const CUTS = 10;
export const FLIPS = 25;
const SECONDS = 0.5;

export interface GoodFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Those that this ffmpeg can write. */
export const writeGoodFiles = async (
  tones: ToneFolder,
  read: (path: string) => Promise<Buffer>,
): Promise<GoodFile[]> => {
  const good: GoodFile[] = [];
  for (const [at, [extension, args]] of KINDS.entries())
    for (const channels of CHANNELS) {
      const wav = await tones.wav('good.wav', {
        seconds: SECONDS,
        channels,
        noise: 0.1,
        frequencyHz: 200 + 20 * at,
      });
      const name = `${at}-${channels}.${extension}`;
      const title = ['-metadata', `title=Good ${at}`];
      await tones.run(['-i', wav, ...title, ...args, tones.path(name)]);
      good.push({ name, bytes: await read(tones.path(name)) });
    }
  return good;
};

/** Its ten cuts, evenly spread, and its twenty-five copies with one bit turned over, by chance. */
export function* brokenCopies({ bytes }: GoodFile, seed: number): Generator<Buffer> {
  for (let cut = 0; cut < CUTS; cut++)
    yield bytes.subarray(0, Math.floor((bytes.length * (cut + 0.5)) / CUTS));
  const random = randomFrom(seed);
  for (let flip = 0; flip < FLIPS; flip++) {
    const copy = Buffer.from(bytes);
    const at = Math.floor(random() * bytes.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    yield copy;
  }
}
