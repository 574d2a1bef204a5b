import { MUSIC, settleFiles, writePicture, writeTrack } from '../../../backend/test/support/music-folder.js';
import type { ToneFolder } from '../../../backend/test/support/tones.js';

export const ALBUM = '夜想';
export const ARTIST = 'Élodie Noël';

/** Far enough apart that an ear which hears one cannot mean another. */
export const TRACKS = [
  { title: '夜の海', frequencyHz: 330, seconds: 11.9 },
  { title: 'Été', frequencyHz: 550, seconds: 10 },
  { title: 'Brume', frequencyHz: 880, seconds: 10 },
] as const;

/** One album of tones, pure enough to tell them apart by ear. */
export const writeToneAlbum = async (tones: ToneFolder): Promise<string> => {
  for (const [at, { title, frequencyHz, seconds }] of TRACKS.entries())
    await writeTrack(tones, {
      name: `${ARTIST}/${ALBUM}/0${at + 1} ${title}.flac`,
      tone: { seconds, frequencyHz, channels: 1, amplitude: 0.5, noise: 0.02 },
      args: [
        ...['-ac', '2', '-c:a', 'flac', '-metadata', `title=${title}`, '-metadata', `artist=${ARTIST}`],
        ...['-metadata', `album=${ALBUM}`, '-metadata', `track=${at + 1}`, '-metadata', 'date=2024'],
      ],
    });
  await writePicture(tones, `${MUSIC}/${ARTIST}/${ALBUM}/cover.png`, 'teal');
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};
