import { Injectable } from '@nestjs/common';
import type { ArtworkDto } from '../catalog/catalog.dto.js';
import { AlbumReads } from '../catalog/album-reads.js';
import { artworkJson } from '../catalog/row-shapes.js';
import { TrackReads } from '../catalog/track-reads.js';
import { Database } from '../database/database.js';
import { Places } from '../common/places.js';
import type { Visible } from '../libraries/seen.js';
import { PlaylistTracks } from '../playlists/playlist-tracks.js';
import type { OpenShare } from './share.repository.js';

/** What a share is of, as its maker sees it now. */
export interface SharedItem {
  readonly title: string;
  readonly artists: readonly string[];
  readonly artwork: ArtworkDto | null;
  /** In order; those that cannot be heard are left out. */
  readonly trackIds: readonly string[];
}

type Wanted = Pick<OpenShare, 'kind' | 'itemId' | 'makerId'>;

const names = (credits: readonly { readonly name: string }[]): string[] => credits.map(({ name }) => name);

@Injectable()
export class SharedItems {
  /** Rules are searched for whoever holds a link: few of one list at once, and few of all. */
  private readonly searches = new Places({
    all: 6,
    ofOne: 3,
    complaint: 'Too many people are opening this at once. Try again soon.',
  });

  constructor(
    private readonly db: Database,
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
    private readonly lists: PlaylistTracks,
  ) {}

  /** Undefined when its maker does not see it, or no longer. */
  async find({ kind, itemId, makerId }: Wanted, visible: Visible): Promise<SharedItem | undefined> {
    switch (kind) {
      case 'track': {
        const [track] = await this.tracks.findByIds([itemId], visible);
        return track && { ...track, artists: names(track.artists), trackIds: [track.id] };
      }
      case 'album': {
        const [album] = await this.albums.findByIds([itemId], visible);
        if (album === undefined) return undefined;
        const rows = await this.tracks.findOfAlbum(itemId, visible);
        return { ...album, artists: names(album.artists), trackIds: rows.map(({ track }) => track.id) };
      }
      case 'playlist':
        return this.playlist(itemId, makerId, visible);
    }
  }

  /** One's own lists alone: what others let somebody see is not theirs to hand on. */
  private async playlist(id: string, makerId: string, visible: Visible): Promise<SharedItem | undefined> {
    const own = await this.db.first<{ isSmart: boolean; cover: ArtworkDto | null }>(
      `SELECT rules IS NOT NULL AS "isSmart",
         (SELECT ${artworkJson('artworks')} FROM artworks WHERE artworks.playlist_id = playlists.id) AS cover
       FROM playlists WHERE id = $1 AND owner_id = $2`,
      [id, makerId],
    );
    if (own === undefined) return undefined;
    const leave = own.isSmart ? this.searches.enter(id) : undefined;
    try {
      const { title, trackIds } = await this.lists.get(id, { userId: makerId, visible });
      const [first] = await this.tracks.findByIds(trackIds.slice(0, 1), visible);
      return { title, artists: [], artwork: own.cover ?? first?.artwork ?? null, trackIds };
    } finally {
      leave?.();
    }
  }
}
