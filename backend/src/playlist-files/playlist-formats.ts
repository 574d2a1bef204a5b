import { readJspf, writeJspf } from './jspf.js';
import { readM3u8, writeM3u8 } from './m3u8.js';
import type { ListedPlaylist } from './playlist-file.js';
import { readXspf, writeXspf } from './xspf.js';

export const PLAYLIST_FORMATS = ['m3u8', 'xspf', 'jspf'] as const;
export type PlaylistFormat = (typeof PLAYLIST_FORMATS)[number];

interface Format {
  readonly type: string;
  readonly write: (playlist: ListedPlaylist) => string;
  /** @throws DomainError INVALID_BODY */
  readonly read: (content: string) => ListedPlaylist;
}

export const FORMATS: Readonly<Record<PlaylistFormat, Format>> = {
  m3u8: { type: 'audio/x-mpegurl; charset=utf-8', write: writeM3u8, read: readM3u8 },
  xspf: { type: 'application/xspf+xml; charset=utf-8', write: writeXspf, read: readXspf },
  jspf: { type: 'application/json; charset=utf-8', write: writeJspf, read: readJspf },
};
