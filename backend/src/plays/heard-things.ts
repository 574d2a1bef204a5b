import { Injectable } from '@nestjs/common';
import { AlbumReads } from '../catalog/album-reads.js';
import { ArtistReads } from '../catalog/artist-reads.js';
import type { AlbumSummary, ArtistSummary, TrackSummary } from '../catalog/catalog.dto.js';
import { TrackReads } from '../catalog/track-reads.js';
import type { Visible } from '../libraries/seen.js';
import type { HeardKind } from './heard-sql.js';

/** What the ids in a list of plays stand for. */
@Injectable()
export class HeardThings {
  constructor(
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
    private readonly artists: ArtistReads,
  ) {}

  async byId(
    kind: HeardKind,
    ids: readonly string[],
    visible: Visible,
  ): Promise<ReadonlyMap<string, TrackSummary | AlbumSummary | ArtistSummary>> {
    const reads = { track: this.tracks, album: this.albums, artist: this.artists } as const;
    const found = ids.length === 0 ? [] : await reads[kind].findByIds(ids, visible);
    return new Map(found.map((item) => [item.id, item]));
  }
}
