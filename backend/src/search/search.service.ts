import { Injectable } from '@nestjs/common';
import { AlbumReads } from '../catalog/album-reads.js';
import { ArtistReads } from '../catalog/artist-reads.js';
import { TrackReads } from '../catalog/track-reads.js';
import type { Visible } from '../libraries/seen.js';
import type { SearchAnswer, SearchPage, SearchType } from './search.dto.js';
import { SearchReads, type SearchTable } from './search-reads.js';
import { searchTerms } from './search-terms.js';
import { topResult } from './top-result.js';

@Injectable()
export class SearchService {
  constructor(
    private readonly reads: SearchReads,
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
    private readonly artists: ArtistReads,
  ) {}

  async all(query: string, limit: number, visible: Visible): Promise<SearchAnswer> {
    const terms = searchTerms(query);
    const ids = async (table: SearchTable): Promise<readonly string[]> =>
      (await this.reads.find(table, terms, limit, undefined, visible)).ids;
    const [tracks, albums, artists] = await Promise.all([
      ids('track').then((found) => this.tracks.findByIds(found, visible)),
      ids('album').then((found) => this.albums.findByIds(found, visible)),
      ids('artist').then((found) => this.artists.findByIds(found, visible)),
    ]);
    const top = terms.range === null ? null : topResult(query, { tracks, albums, artists });
    return { top, tracks, albums, artists, playlists: [] };
  }

  async page(
    query: string,
    type: SearchType,
    limit: number,
    cursor: string | undefined,
    visible: Visible,
  ): Promise<SearchPage> {
    if (type === 'playlist') return { items: [], nextCursor: null };
    const { ids, nextCursor } = await this.reads.find(type, searchTerms(query), limit, cursor, visible);
    switch (type) {
      case 'track':
        return { items: await this.tracks.findByIds(ids, visible), nextCursor };
      case 'album':
        return { items: await this.albums.findByIds(ids, visible), nextCursor };
      case 'artist':
        return { items: await this.artists.findByIds(ids, visible), nextCursor };
    }
  }
}
