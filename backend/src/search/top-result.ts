import type { AlbumSummary, ArtistSummary, TrackSummary } from '../catalog/catalog.dto.js';
import { sortStart } from '../catalog/names.js';
import type { PlaylistSummary } from '../playlists/playlists.dto.js';
import type { SearchAnswer } from './search.dto.js';

const EXACT = 2;
const BEGINS = 1;

const score = (query: string, name: string): number => {
  const [typed, key] = [sortStart(query), sortStart(name)];
  if (typed === '') return 0;
  return key === typed ? EXACT : key.startsWith(typed) ? BEGINS : 0;
};

/** Pure: the one hit that was most likely meant: the closest name, and of equally close ones the artist, the album, the track. */
export const topResult = (
  query: string,
  hits: {
    readonly artists: readonly ArtistSummary[];
    readonly albums: readonly AlbumSummary[];
    readonly tracks: readonly TrackSummary[];
    readonly playlists: readonly PlaylistSummary[];
  },
): SearchAnswer['top'] => {
  const [artist, album, track, playlist] = [
    hits.artists[0],
    hits.albums[0],
    hits.tracks[0],
    hits.playlists[0],
  ];
  const candidates = [
    ...(artist === undefined
      ? []
      : [{ rank: score(query, artist.name), top: { type: 'artist' as const, item: artist } }]),
    ...(album === undefined
      ? []
      : [{ rank: score(query, album.title), top: { type: 'album' as const, item: album } }]),
    ...(track === undefined
      ? []
      : [{ rank: score(query, track.title), top: { type: 'track' as const, item: track } }]),
    ...(playlist === undefined
      ? []
      : [{ rank: score(query, playlist.title), top: { type: 'playlist' as const, item: playlist } }]),
  ];
  const best = Math.max(...candidates.map(({ rank }) => rank));
  return candidates.find(({ rank }) => rank === best)?.top ?? null;
};
