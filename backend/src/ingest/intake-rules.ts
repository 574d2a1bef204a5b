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

/** Pure: the texts of files beside the track, which anybody can mend, before those of its own tags. */
export const withSidecarLyrics = (tags: TrackTags, texts: readonly string[]): TrackTags => ({
  ...tags,
  lyrics: [
    ...texts
      .filter((text) => text.trim() !== '')
      .map((text) => ({ language: null, text: text.replace(/\r\n?/g, '\n'), isBeside: true })),
    ...tags.lyrics,
  ],
});

export const NOTHING_READ: TrackTags = NO_TAGS;
