import type { FileState, KnownFile } from './folder-changes.js';
import { NO_TAGS, type TrackTags } from '../media/track-tags.js';
import type { PathGuess } from '../media/guess-from-path.js';

/** Raised when the tags of files that did not change should be read anew, because they are read in a new way. */
export const TAGS_VERSION = 2;

export interface Reject {
  readonly code: string;
  readonly reason: string;
}

export interface Intent {
  readonly state: FileState;
  /** The second pass has something to do. */
  readonly analyse: boolean;
}

/**
 * Pure: what becomes of a file whose tags were read. A file that can be heard stays so while its new bytes wait for the
 * second pass: a library that is being retagged plays on.
 */
export const intentFor = (known: KnownFile | null, sameBytes: boolean): Intent => {
  if (known === null) return { state: 'pending', analyse: true };
  const wasHeard = known.hasFacts && (known.state === 'ready' || (sameBytes && known.state === 'missing'));
  return wasHeard ? { state: 'ready', analyse: !sameBytes } : { state: 'pending', analyse: true };
};

/** Pure: names of files and folders stand in for what no tag says. */
export const withPathGuess = (tags: TrackTags, guess: PathGuess): TrackTags => ({
  ...tags,
  title: tags.title ?? guess.title,
  artists:
    tags.artists.length > 0 || tags.albumArtists.length > 0 || guess.artist === null
      ? tags.artists
      : [guess.artist],
  album: tags.album ?? guess.album,
  trackNumber: tags.trackNumber ?? guess.trackNumber,
  discNumber: tags.discNumber ?? guess.discNumber,
});

const TIME = /^\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]/m;

/** Pure: the text of a file beside the track, for tracks whose own tags hold none. */
export const withSidecarLyrics = (tags: TrackTags, text: string | null): TrackTags =>
  text === null || text.trim() === '' || tags.lyrics.length > 0
    ? tags
    : { ...tags, lyrics: [{ language: null, synced: TIME.test(text), text: text.replace(/\r\n?/g, '\n') }] };

export const NOTHING_READ: TrackTags = NO_TAGS;
