import { cleanName } from '../catalog/names.js';
import { DomainError } from '../common/errors.js';
import { MOST_AT_ONCE } from '../playlists/playlists.dto.js';

/** A track as the file of a playlist names it: whatever is said of it, and null for the rest. */
export interface ListedTrack {
  /** As it stands there, with slashes of whatever direction; never a URI that was not one in the file. */
  readonly path: string | null;
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly durationMs: number | null;
  /** MusicBrainz's id of the recording. */
  readonly recordingId: string | null;
}

export interface ListedPlaylist {
  readonly title: string | null;
  readonly tracks: readonly ListedTrack[];
}

export const refusal = (message: string, options: ErrorOptions = {}): DomainError =>
  new DomainError('INVALID_BODY', `content: ${message}`, { ...options, field: 'content' });

/** @throws DomainError INVALID_BODY */
export const requireFew = (count: number): void => {
  if (count > MOST_AT_ONCE) throw refusal(`holds more than ${MOST_AT_ONCE} entries`);
};

/** One line, which every format can hold: not even escaped may XML hold the last two of the first plane. */
export const tidied = (text: string | null | undefined): string | null =>
  cleanName((text ?? '').replace(/[\ufffe\uffff]/g, ' ')) || null;

const LONGEST_PATH = 4096;

/** Names of files hold whatever they like but NUL. */
export const pathOf = (text: string): string | null =>
  text.replaceAll('\0', '').slice(-LONGEST_PATH).toWellFormed() || null;

const MOST_MS = 1e10;

export const milliseconds = (value: number): number | null =>
  value > 0 && value < MOST_MS ? Math.round(value) : null;

const RECORDING = /musicbrainz\.org\/recording\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-z-])/i;

/** Of a recording's address at MusicBrainz. */
export const recordingOf = (identifier: string): string | null =>
  RECORDING.exec(identifier)?.[1]?.toLowerCase() ?? null;

export const recordingAddress = (id: string): string => `https://musicbrainz.org/recording/${id}`;

/** A path as a relative URI; also of a first folder with a colon, which would be taken for a scheme otherwise. */
export const uriOf = (path: string): string =>
  path.toWellFormed().split('/').map(encodeURIComponent).join('/');

const HOST = /^[a-z][a-z0-9+.-]{0,20}:\/\/[^/]*/i;

/** The path of a URI, be it a file's, a server's or a relative one; what was never encoded stays as it is. */
export const pathOfUri = (uri: string): string => {
  const path = uri.replace(HOST, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
