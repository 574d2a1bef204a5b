import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { toPage, type Page } from '../common/page.js';
import { Database } from '../database/database.js';
import { AlbumReads } from './album-reads.js';
import type { ArtistDetail, ArtistSummary, GenreDto, NameList } from './catalog.dto.js';
import { ARTIST_SORTS, GENRE_SORTS, keyset } from './list-order.js';
import { ARTIST_COLUMNS, ARTIST_JOINS, toArtistSummary } from './row-shapes.js';
import { TrackReads } from './track-reads.js';

const TOP_TRACKS = 10;

@Injectable()
export class ArtistReads {
  constructor(
    private readonly db: Database,
    private readonly albums: AlbumReads,
    private readonly tracks: TrackReads,
  ) {}

  async list(query: NameList): Promise<Page<ArtistSummary>> {
    const order = keyset(ARTIST_SORTS[query.sort], 'artists.id', query.cursor, 2);
    const rows = await this.db.query<ArtistSummary & { place: string }>(
      `WITH page AS MATERIALIZED (
         SELECT artists.id, ${order.key} AS place, row_number() OVER (ORDER BY ${order.orderBy}) AS at FROM artists
         WHERE artists.track_count + artists.album_count > 0 ${order.where} ORDER BY ${order.orderBy} LIMIT $1)
       SELECT ${ARTIST_COLUMNS}, page.place FROM page JOIN artists ON artists.id = page.id ${ARTIST_JOINS} ORDER BY page.at`,
      [query.limit + 1, ...order.params],
    );
    return toPage(rows, query.limit, toArtistSummary, order.cursorOf);
  }

  /** In the order asked for; those who are on nothing that can be heard are left out. */
  async findByIds(ids: readonly string[]): Promise<ArtistSummary[]> {
    const rows = await this.db.query<ArtistSummary>(
      `SELECT ${ARTIST_COLUMNS} FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, at)
       JOIN artists ON artists.id = wanted.id ${ARTIST_JOINS}
       WHERE artists.track_count + artists.album_count > 0 ORDER BY wanted.at`,
      [ids],
    );
    return rows.map(toArtistSummary);
  }

  /** @throws DomainError ARTIST_NOT_FOUND */
  async getById(id: string): Promise<ArtistDetail> {
    const row = await this.db.first<ArtistSummary & { musicBrainzId: string | null }>(
      `SELECT ${ARTIST_COLUMNS}, artists.musicbrainz_id AS "musicBrainzId" FROM artists ${ARTIST_JOINS} WHERE artists.id = $1`,
      [id],
    );
    if (row === undefined) throw new DomainError('ARTIST_NOT_FOUND', 'There is no such artist.');
    const [albums, appearsOn, topTracks] = await Promise.all([
      this.albums.findOfArtist(id),
      this.albums.findAppearances(id),
      this.tracks.findTopOfArtist(id, TOP_TRACKS),
    ]);
    return { ...toArtistSummary(row), musicBrainzId: row.musicBrainzId, albums, appearsOn, topTracks };
  }

  async listGenres(query: NameList): Promise<Page<GenreDto>> {
    const order = keyset(GENRE_SORTS[query.sort], 'genres.id', query.cursor, 2);
    const rows = await this.db.query<GenreDto & { place: string }>(
      `SELECT genres.id, genres.name, genres.track_count AS "trackCount", ${order.key} AS place FROM genres
       WHERE genres.track_count > 0 ${order.where} ORDER BY ${order.orderBy} LIMIT $1`,
      [query.limit + 1, ...order.params],
    );
    return toPage(
      rows,
      query.limit,
      ({ id, name, trackCount }) => ({ id, name, trackCount }),
      order.cursorOf,
    );
  }
}
