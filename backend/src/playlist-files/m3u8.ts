import {
  milliseconds,
  pathOf,
  recordingAddress,
  recordingOf,
  refusal,
  requireFew,
  tidied,
  type ListedPlaylist,
  type ListedTrack,
} from './playlist-file.js';

const BETWEEN = ' - ';

/** What would be read as a comment, or as an empty line. */
const isHidden = (path: string): boolean => /^(?:#|\.\/|\s)/.test(path);

const linesOf = (track: ListedTrack): string[] => {
  const [title, artist, album] = [tidied(track.title), tidied(track.artist), tidied(track.album)];
  const seconds = track.durationMs === null ? -1 : Math.round(track.durationMs / 1000);
  const path = (track.path ?? '').replace(/[\p{Cc}\u2028\u2029]/gu, '?').toWellFormed();
  return [
    `#EXTINF:${seconds},${artist === null ? '' : `${artist}${BETWEEN}`}${title ?? ''}`,
    // Also an empty one: names hold dashes, too.
    `#EXTART:${artist ?? ''}`,
    ...(album === null ? [] : [`#EXTALB:${album}`]),
    ...(track.recordingId === null ? [] : [`#EXTID:${recordingAddress(track.recordingId)}`]),
    isHidden(path) ? `./${path}` : path,
  ];
};

/** Pure: in UTF-8, without a mark of it, which some players take for a name. */
export const writeM3u8 = ({ title, tracks }: ListedPlaylist): string => {
  const named = tidied(title);
  const head = ['#EXTM3U', '#EXTENC:UTF-8', ...(named === null ? [] : [`#PLAYLIST:${named}`])];
  return [...head, ...tracks.flatMap(linesOf), ''].join('\n');
};

interface Said {
  info: string | null;
  artist: string | null;
  album: string | null;
  id: string | null;
}

const nothingSaid = (): Said => ({ info: null, artist: null, album: null, id: null });

/** Of `#EXTINF:123 key="value",Artist - Title`. By places of commas: a pattern may look at a long line again and again. */
const infoOf = ({ info, artist }: Said): Pick<ListedTrack, 'title' | 'artist' | 'durationMs'> => {
  if (info === null) return { title: null, artist: tidied(artist), durationMs: null };
  const comma = info.indexOf(',');
  const durationMs = milliseconds(1000 * Number.parseFloat(comma < 0 ? info : info.slice(0, comma)));
  const text = comma < 0 ? '' : info.slice(comma + 1);
  if (artist !== null) {
    const start = `${artist}${BETWEEN}`;
    const title = artist !== '' && text.startsWith(start) ? text.slice(start.length) : text;
    return { title: tidied(title), artist: tidied(artist), durationMs };
  }
  const dash = text.indexOf(BETWEEN);
  if (dash < 0) return { title: tidied(text), artist: null, durationMs };
  return {
    title: tidied(text.slice(dash + BETWEEN.length)),
    artist: tidied(text.slice(0, dash)),
    durationMs,
  };
};

/** Pure: every line that is no comment is a track, so nearly any text is a list. @throws DomainError INVALID_BODY */
export const readM3u8 = (content: string): ListedPlaylist => {
  if (content.trimStart().startsWith('<?xml')) throw refusal('is XML, and no M3U8');
  let title: string | null = null;
  let said = nothingSaid();
  const tracks: ListedTrack[] = [];
  // One after the other: a file may be nothing but ends of lines, millions of them.
  for (const [line] of content.replace(/^\ufeff/, '').matchAll(/[^\r\n]+/g)) {
    if (line.trim() === '') continue;
    if (line.startsWith('#')) {
      const colon = line.indexOf(':');
      const value = line.slice(colon + 1);
      const directive = colon < 0 ? '' : line.slice(0, Math.min(colon, 20)).toUpperCase();
      if (directive === '#PLAYLIST') title ??= tidied(value);
      else if (directive === '#EXTINF') said.info = value;
      else if (directive === '#EXTART') said.artist = value;
      else if (directive === '#EXTALB') said.album = value;
      else if (directive === '#EXTID') said.id = value;
      continue;
    }
    requireFew(tracks.length + 1);
    const path = pathOf(line.replace(/^\.\//, ''));
    const recordingId = said.id === null ? null : recordingOf(said.id);
    tracks.push({ path, album: tidied(said.album), recordingId, ...infoOf(said) });
    said = nothingSaid();
  }
  return { title, tracks };
};
