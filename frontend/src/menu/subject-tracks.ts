import type { QueryClient } from '@tanstack/react-query';
import type { TrackSummary } from '../api/client';
import { albumQuery, artistQuery, entriesQuery } from '../api/queries';
import { albumTracks } from '../library/play-album';
import type { QueueSource } from '../player/queue-reducer';
import type { Subject } from './subject';

const ALL_PAGES = Infinity;

/** The tracks behind what a menu is about, as they would be played; those that cannot be heard are left out. */
export async function tracksOf(subject: Subject, queries: QueryClient): Promise<readonly TrackSummary[]> {
  switch (subject.kind) {
    case 'track':
      return [subject.track];
    case 'tracks':
      return subject.tracks;
    case 'album':
      return albumTracks(await queries.ensureQueryData(albumQuery(subject.album.id)));
    case 'artist':
      return (await queries.ensureQueryData(artistQuery(subject.artist.id))).topTracks;
    case 'playlist': {
      const entries = entriesQuery(subject.playlist.id);
      const { pages } = await queries.fetchInfiniteQuery({ ...entries, pages: ALL_PAGES });
      return pages.flatMap(({ items }) => items).flatMap(({ track }) => track ?? []);
    }
  }
}

export const sourceOf = (subject: Subject): QueueSource => {
  switch (subject.kind) {
    case 'track':
    case 'tracks':
      return subject.source;
    case 'album':
      return { kind: 'album', id: subject.album.id, name: subject.album.title };
    case 'artist':
      return { kind: 'artist', id: subject.artist.id, name: subject.artist.name };
    case 'playlist':
      return { kind: 'playlist', id: subject.playlist.id, name: subject.playlist.title };
  }
};
