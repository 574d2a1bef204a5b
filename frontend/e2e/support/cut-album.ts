import { mkdir } from 'node:fs/promises';
import { MUSIC } from '../../../backend/test/support/music-folder.js';
import type { ToneFolder } from '../../../backend/test/support/tones.js';

/** The form of a lossless file. */
export interface Format {
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
  readonly bits: 16 | 24;
}
export const CD: Format = { sampleRateHz: 44_100, channels: 2, bits: 16 };

export interface CutTrack extends Format {
  readonly title: string;
  readonly samples: number;
  /** In ffmpeg's words, of `t`, the seconds since the album began: tracks go on where the one before stops. */
  readonly sound: string;
}

/** An album that was one recording, cut into tracks at exact samples; how long it sounds is the sum of them. */
export const writeCutAlbum = async (
  tones: ToneFolder,
  album: string,
  tracks: readonly CutTrack[],
): Promise<void> => {
  await mkdir(tones.path(`${MUSIC}/${album}`), { recursive: true });
  let startSeconds = 0;
  for (const [at, { title, samples, sampleRateHz, channels, bits, sound }] of tracks.entries()) {
    const seconds = samples / sampleRateHz;
    const moved = `(${sound.replaceAll(/\bt\b/g, `(t+${startSeconds.toFixed(12)})`)})`;
    const channel = Array.from({ length: channels }, () => moved).join('|');
    const source = `aevalsrc='${channel}':s=${sampleRateHz}:d=${(seconds + 1).toFixed(6)}`;
    const tags = { title, artist: 'Sine', album, track: String(at + 1) };
    await tones.run([
      ...['-f', 'lavfi', '-i', source, '-af', `atrim=end_sample=${samples}`, '-c:a', 'flac'],
      ...(bits === 24 ? ['-sample_fmt', 's32', '-bits_per_raw_sample', '24'] : ['-sample_fmt', 's16']),
      ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
      tones.path(`${MUSIC}/${album}/${at + 1}.flac`),
    ]);
    startSeconds += seconds;
  }
};
