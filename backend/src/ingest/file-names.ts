import { chooseFolderImage } from '../media/cover-choice.js';

/**
 * Which files of a folder matter. Names are bytes held in latin1 strings, one character a byte, since a name need not be
 * UTF-8; extensions are ASCII, so they can be read all the same.
 */

/** What ffmpeg and the tag reader know as audio; video containers and playlists are not among them. */
export const AUDIO_EXTENSIONS: ReadonlySet<string> = new Set([
  'aac',
  'ac3',
  'aif',
  'aifc',
  'aiff',
  'alac',
  'ape',
  'au',
  'caf',
  'dff',
  'dsf',
  'dts',
  'eac3',
  'flac',
  'm4a',
  'm4b',
  'mka',
  'mp2',
  'mp3',
  'mpc',
  'oga',
  'ogg',
  'opus',
  'shn',
  'snd',
  'spx',
  'tak',
  'tta',
  'w64',
  'wav',
  'wma',
  'wv',
]);

const LYRICS_EXTENSIONS = ['lrc', 'ttml', 'txt'] as const;
const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
};
const stemOf = (name: string): string => name.slice(0, name.lastIndexOf('.'));

/** Names that begin with a dot are other programs' own: half-copied files, resource forks, trash. */
export const isHidden = (name: string): boolean => name.startsWith('.');

export const isAudioName = (name: string): boolean =>
  !isHidden(name) && AUDIO_EXTENSIONS.has(extensionOf(name));

export const isCueName = (name: string): boolean => !isHidden(name) && extensionOf(name) === 'cue';

/** Pictures and texts that are shown with the tracks beside them, and sheets that say where tracks begin. */
export const isSidecarName = (name: string): boolean =>
  !isHidden(name) &&
  (chooseFolderImage([name]) !== null ||
    isCueName(name) ||
    LYRICS_EXTENSIONS.some((extension) => extensionOf(name) === extension));

/** `song.lrc`, `song.ttml` and `song.txt` beside `song.mp3`, one of each; also `song.mp3.lrc`. */
export const lyricsNames = (audioName: string, names: ReadonlySet<string>): readonly string[] =>
  LYRICS_EXTENSIONS.flatMap((extension) => {
    const candidates = [stemOf(audioName), audioName].flatMap((stem) => [
      `${stem}.${extension}`,
      `${stem}.${extension.toUpperCase()}`,
    ]);
    return candidates.find((name) => names.has(name)) ?? [];
  });

/** What people read: bytes that are no UTF-8 show as replacement characters. */
export const displayName = (bytes: string): string =>
  Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\0', '');
