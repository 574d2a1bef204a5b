import type { ArtistCredit, LikedKind } from '../api/client';
import type { CollectionKind } from '../offline/kept';
import { mainArtists } from '../components/credit-text';
import type { OwnEntry, Subject } from './subject';

/** What somebody may do with music, besides hearing it. */
export interface Rights {
  readonly userId: string;
  readonly mayDownload: boolean;
  /** This page can hold music for the time without a network. */
  readonly canKeep: boolean;
}

export type DownloadKind = 'tracks' | 'albums' | 'playlists';
export type ShareKind = 'track' | 'album' | 'playlist';

export type MenuEntry =
  | { readonly kind: 'play' | 'shuffle' | 'playNext' | 'addToQueue' | 'addToPlaylist' }
  | { readonly kind: 'like'; readonly of: LikedKind; readonly id: string }
  | { readonly kind: 'goToAlbum'; readonly href: string }
  | { readonly kind: 'goToArtist'; readonly href: string; readonly name: string; readonly alone: boolean }
  | { readonly kind: 'share'; readonly of: ShareKind; readonly id: string }
  | { readonly kind: 'keep'; readonly of: CollectionKind; readonly id: string; readonly name: string }
  | { readonly kind: 'download'; readonly of: DownloadKind; readonly id: string }
  | { readonly kind: 'own'; readonly entry: OwnEntry };

/** More artists than this are found on the album's page. */
const ARTISTS = 4;

const artistEntries = (artists: readonly ArtistCredit[]): readonly MenuEntry[] => {
  const main = mainArtists(artists).slice(0, ARTISTS);
  return main.map(({ id, name }) => ({
    kind: 'goToArtist',
    href: `/artists/${id}`,
    name,
    alone: main.length === 1,
  }));
};

const LISTEN = [{ kind: 'play' }, { kind: 'playNext' }, { kind: 'addToQueue' }] as const;
const COLLECT = { kind: 'addToPlaylist' } as const;

const taken = (of: DownloadKind, id: string, { mayDownload }: Rights): readonly MenuEntry[] =>
  mayDownload ? [{ kind: 'download', of, id }] : [];

const kept = (of: CollectionKind, id: string, name: string, { canKeep }: Rights): readonly MenuEntry[] =>
  canKeep ? [{ kind: 'keep', of, id, name }] : [];

const groupsOf = (subject: Subject, rights: Rights): readonly (readonly MenuEntry[])[] => {
  switch (subject.kind) {
    case 'track': {
      const { id, title, album, artists } = subject.track;
      return [
        LISTEN,
        [COLLECT, { kind: 'like', of: 'track', id }],
        [{ kind: 'goToAlbum', href: `/albums/${album.id}` }, ...artistEntries(artists)],
        [
          ...kept('track', id, title, rights),
          { kind: 'share', of: 'track', id },
          ...taken('tracks', id, rights),
        ],
      ];
    }
    case 'tracks':
      return [LISTEN, [COLLECT]];
    case 'album': {
      const { id, title, artists } = subject.album;
      return [
        [...LISTEN, { kind: 'shuffle' }],
        [COLLECT, { kind: 'like', of: 'album', id }],
        artistEntries(artists),
        [
          ...kept('album', id, title, rights),
          { kind: 'share', of: 'album', id },
          ...taken('albums', id, rights),
        ],
      ];
    }
    case 'artist':
      return [
        [...LISTEN, { kind: 'shuffle' }],
        [COLLECT, { kind: 'like', of: 'artist', id: subject.artist.id }],
      ];
    case 'playlist': {
      const { id, title, owner } = subject.playlist;
      const isOwn = owner.id === rights.userId;
      return [
        [...LISTEN, { kind: 'shuffle' }],
        [COLLECT],
        [
          ...kept('playlist', id, title, rights),
          // What others let somebody hear is not theirs to hand on.
          ...(isOwn ? [{ kind: 'share', of: 'playlist', id } as const] : []),
          ...taken('playlists', id, rights),
        ],
      ];
    }
  }
};

/** Pure: what a menu offers, in groups of which none is empty. */
export const menuEntries = (subject: Subject, rights: Rights): readonly (readonly MenuEntry[])[] => {
  const own = (subject.own ?? []).map((entry) => ({ kind: 'own', entry }) as const);
  return [...groupsOf(subject, rights), own].filter((group) => group.length > 0);
};
