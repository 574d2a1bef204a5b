'use client';
import { useQueryClient } from '@tanstack/react-query';
import type { AlbumDetail, TrackSummary } from '../api/client';
import { albumQuery, artistQuery } from '../api/queries';
import { usePlayer } from '../player/player-context';

export const albumTracks = (album: AlbumDetail): readonly TrackSummary[] =>
  album.discs.flatMap((disc) => disc.tracks);

/** Play an album or an artist of whom only the summary is at hand. */
export function usePlayById(): {
  readonly album: (id: string) => Promise<void>;
  readonly artist: (id: string) => Promise<void>;
} {
  const queries = useQueryClient();
  const player = usePlayer();
  return {
    album: async (id) => {
      const album = await queries.ensureQueryData(albumQuery(id));
      const source = { kind: 'album', id, name: album.title } as const;
      player.queue.dispatch({ type: 'play', tracks: albumTracks(album), startAt: 0, source });
    },
    artist: async (id) => {
      const artist = await queries.ensureQueryData(artistQuery(id));
      const source = { kind: 'artist', id, name: artist.name } as const;
      player.queue.dispatch({ type: 'play', tracks: artist.topTracks, startAt: 0, source });
    },
  };
}
