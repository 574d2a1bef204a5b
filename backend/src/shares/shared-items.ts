import { Injectable } from '@nestjs/common';
import type { ArtworkDto } from '../catalog/catalog.dto.js';
import { AlbumReads } from '../catalog/album-reads.js';
import { artworkJson } from '../catalog/row-shapes.js';
import { TrackReads } from '../catalog/track-reads.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
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
  constructor(
    private readonly db: Database,
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
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
    const list = await this.db.first<{ title: string; cover: ArtworkDto | null }>(
      `SELECT title, (SELECT ${artworkJson('artworks')} FROM artworks WHERE artworks.playlist_id = playlists.id) AS cover
       FROM playlists WHERE id = $1 AND owner_id = $2 AND rules IS NULL`,
      [id, makerId],
    );
    if (list === undefined) return undefined;
    const params = new SqlParams();
    const rows = await this.db.query<{ id: string }>(
      `SELECT tracks.id FROM playlist_entries JOIN tracks ON tracks.id = track_id
       WHERE playlist_id = ${params.add(id)} AND tracks.available AND ${seenBy(visible, params.add).track}
       ORDER BY position`,
      params.values,
    );
    const trackIds = rows.map((row) => row.id);
    const [first] = await this.tracks.findByIds(trackIds.slice(0, 1), visible);
    return { title: list.title, artists: [], artwork: list.cover ?? first?.artwork ?? null, trackIds };
  }
}
