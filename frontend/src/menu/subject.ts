import type { LucideIcon } from 'lucide-react';
import type { AlbumSummary, ArtistCredit, PlaylistSummary, TrackSummary } from '../api/client';
import type { QueueSource } from '../player/queue-reducer';

/** What only the place knows of where something stands: to take it out of a list, say. */
export interface OwnEntry {
  readonly key: string;
  readonly label: string;
  /** With it, it stands in the row itself, too, beside others of its kind. */
  readonly named?: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

export type PlaylistSubject = Pick<PlaylistSummary, 'id' | 'title' | 'kind'> & {
  readonly owner: Pick<PlaylistSummary['owner'], 'id'>;
};

/** What a menu can be about. */
export type Subject = { readonly own?: readonly OwnEntry[] } & (
  | {
      readonly kind: 'track';
      readonly track: TrackSummary;
      readonly source: QueueSource;
      /** As a press on its row plays it, with what stands below; without it the track plays alone. */
      readonly play?: () => void;
    }
  | {
      readonly kind: 'tracks';
      readonly tracks: readonly TrackSummary[];
      readonly source: QueueSource;
      readonly name?: string;
    }
  | {
      readonly kind: 'album';
      readonly album: Pick<AlbumSummary, 'id' | 'title'> & { readonly artists: readonly ArtistCredit[] };
    }
  | { readonly kind: 'artist'; readonly artist: { readonly id: string; readonly name: string } }
  | { readonly kind: 'playlist'; readonly playlist: PlaylistSubject }
);

/** Null: several things, of which no name is better than another. */
export const nameOf = (subject: Subject): string | null => {
  switch (subject.kind) {
    case 'track':
      return subject.track.title;
    case 'tracks':
      return subject.name ?? null;
    case 'album':
      return subject.album.title;
    case 'artist':
      return subject.artist.name;
    case 'playlist':
      return subject.playlist.title;
  }
};
