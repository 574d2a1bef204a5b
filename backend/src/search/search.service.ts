import { Injectable } from '@nestjs/common';
import { AlbumReads } from '../catalog/album-reads.js';
import { ArtistReads } from '../catalog/artist-reads.js';
import { TrackReads } from '../catalog/track-reads.js';
import { PlaylistReads } from '../playlists/playlist-reads.js';
import type { SearchKind } from './kinds.js';
import { decodePlace, encodePlace } from './search-cursor.js';
import {
  LYRICS_QUALITY,
  SearchIndex,
  type Asker,
  type Hits,
  type Limits,
  type Rank,
} from './search-index.js';
import { searchTerms, termsOfWords, type SearchTerms } from './search-terms.js';
import type { SearchAnswer, SearchPage } from './search.dto.js';
import { topResult } from './top-result.js';

interface Found {
  /** What was searched in the end: what was typed, or what may have been meant. */
  readonly terms: SearchTerms;
  readonly hits: Hits;
}

/** What somebody typed, and what of it is there for them. */
@Injectable()
export class SearchService {
  constructor(
    private readonly index: SearchIndex,
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
    private readonly artists: ArtistReads,
    private readonly playlists: PlaylistReads,
  ) {}

  async all(query: string, limit: number, asker: Asker): Promise<SearchAnswer> {
    const typed = searchTerms(query);
    if (typed.query === '') return this.everything(limit, asker);
    const limits = { track: limit, album: limit, artist: limit, playlist: limit };
    const { terms, hits } = await this.find(typed, limits, asker);
    const { visible } = asker;
    const [tracks, albums, artists, playlists] = await Promise.all([
      this.tracks.findByIds(idsOf(hits.track), visible),
      this.albums.findByIds(idsOf(hits.album), visible),
      this.artists.findByIds(idsOf(hits.artist), visible),
      this.playlists.findByIds(asker.userId, idsOf(hits.playlist), visible),
    ]);
    const meant = terms.query === typed.query ? null : terms.query;
    const found = { tracks, albums, artists, playlists };
    return { meant, top: topResult(meant ?? query, found), ...found };
  }

  /** @throws DomainError INVALID_CURSOR */
  async page(
    query: string,
    kind: SearchKind,
    limit: number,
    cursor: string | undefined,
    asker: Asker,
  ): Promise<SearchPage> {
    const typed = searchTerms(query);
    if (typed.query === '') return this.list(kind, limit, cursor, asker);
    const place = cursor === undefined ? null : decodePlace(kind, typed.query, cursor);
    const { terms, hits } =
      place === null
        ? await this.find(typed, { [kind]: limit + 1 }, asker)
        : await this.goOn(
            place.meant === '' ? typed : termsOfWords(place.meant.split(' ')),
            kind,
            limit + 1,
            asker,
            place.after,
          );
    const shown = hits[kind].slice(0, limit);
    const after = shown.at(-1);
    const meant = terms.query === typed.query ? '' : terms.query;
    return {
      items: await this.read(kind, idsOf(shown), asker),
      nextCursor:
        hits[kind].length > limit && after !== undefined
          ? encodePlace(kind, typed.query, { meant, after })
          : null,
    };
  }

  /** Names, then lyrics; and only where there is nothing at all, words that are one slip away. */
  private async find(typed: SearchTerms, limits: Limits, asker: Asker): Promise<Found> {
    const hits = await this.withSung(typed, await this.index.find(typed, limits, asker), limits, asker);
    if (hasAny(hits)) return { terms: typed, hits };
    for (const meant of await this.index.findCorrections(typed)) {
      const found = await this.index.find(meant, limits, asker);
      if (hasAny(found)) return { terms: meant, hits: found };
    }
    return { terms: typed, hits };
  }

  private async goOn(
    terms: SearchTerms,
    kind: SearchKind,
    limit: number,
    asker: Asker,
    after: Rank,
  ): Promise<Found> {
    const limits = { [kind]: limit };
    if (after.quality < LYRICS_QUALITY)
      return {
        terms,
        hits: await this.withSung(terms, await this.index.find(terms, limits, asker, after), limits, asker),
      };
    const track = kind === 'track' ? await this.index.findSung(terms, limit, asker, after) : [];
    return { terms, hits: { track, album: [], artist: [], playlist: [] } };
  }

  /** Where names do not give tracks enough. */
  private async withSung(terms: SearchTerms, hits: Hits, limits: Limits, asker: Asker): Promise<Hits> {
    const missing = (limits.track ?? 0) - hits.track.length;
    if (missing <= 0) return hits;
    return { ...hits, track: [...hits.track, ...(await this.index.findSung(terms, missing, asker))] };
  }

  private async read(
    kind: SearchKind,
    ids: readonly string[],
    { userId, visible }: Asker,
  ): Promise<SearchPage['items']> {
    switch (kind) {
      case 'track':
        return this.tracks.findByIds(ids, visible);
      case 'album':
        return this.albums.findByIds(ids, visible);
      case 'artist':
        return this.artists.findByIds(ids, visible);
      case 'playlist':
        return this.playlists.findByIds(userId, ids, visible);
    }
  }

  /** Nothing was typed: all there is, by name. */
  private async everything(limit: number, { userId, visible }: Asker): Promise<SearchAnswer> {
    const [tracks, albums, artists, playlists] = await Promise.all([
      this.tracks.list({ sort: 'title', limit }, visible),
      this.albums.list({ sort: 'title', limit }, visible),
      this.artists.list({ sort: 'name', limit }, visible),
      this.playlists.list(userId, { scope: 'all', limit }, visible),
    ]);
    return {
      meant: null,
      top: null,
      tracks: [...tracks.items],
      albums: [...albums.items],
      artists: [...artists.items],
      playlists: [...playlists.items],
    };
  }

  private async list(
    kind: SearchKind,
    limit: number,
    cursor: string | undefined,
    { userId, visible }: Asker,
  ): Promise<SearchPage> {
    const page = { limit, cursor };
    switch (kind) {
      case 'track':
        return toMutable(await this.tracks.list({ sort: 'title', ...page }, visible));
      case 'album':
        return toMutable(await this.albums.list({ sort: 'title', ...page }, visible));
      case 'artist':
        return toMutable(await this.artists.list({ sort: 'name', ...page }, visible));
      case 'playlist':
        return toMutable(await this.playlists.list(userId, { scope: 'all', ...page }, visible));
    }
  }
}

const idsOf = (ranks: readonly Rank[]): string[] => ranks.map(({ id }) => id);

const hasAny = (hits: Hits): boolean => Object.values(hits).some((found) => found.length > 0);

const toMutable = <T>({
  items,
  nextCursor,
}: {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}) => ({
  items: [...items],
  nextCursor,
});
