import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { toPage, type Page } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { AlbumReads } from './album-reads.js';
import type {
  AlbumSummary,
  ArtistDetail,
  ArtistList,
  ArtistSummary,
  GenreDto,
  GenreList,
} from './catalog.dto.js';
import { ARTIST_FILTERS, within, type Asked } from './list-filters.js';
import { ARTIST_SORTS, byOwnCount, filtersOf, GENRE_SORTS, keyset } from './list-order.js';
import { artistColumns, artistJoins, toArtistSummary } from './row-shapes.js';
import { TrackReads } from './track-reads.js';

const TOP_TRACKS = 10;

const isSingle = ({ releaseType }: AlbumSummary): boolean => releaseType === 'single' || releaseType === 'ep';

@Injectable()
export class ArtistReads {
  constructor(
    private readonly db: Database,
    private readonly albums: AlbumReads,
    private readonly tracks: TrackReads,
  ) {}

  async list(query: Asked<ArtistList>, visible: Visible): Promise<Page<ArtistSummary>> {
    const params = new SqlParams();
    const filters = filtersOf(ARTIST_FILTERS, query, params.add);
    const shown = within(visible, query.libraryId);
    const seen = seenBy(shown, params.add);
    const part = query.role === undefined ? null : seen.artistPart(params.add(query.role));
    const trackCount = part?.tracks ?? seen.artistTracks;
    const isCounted = query.sort === 'tracks' && (shown !== null || part !== null);
    const { from, sort } = isCounted ? byOwnCount(trackCount) : { from: '', sort: ARTIST_SORTS[query.sort] };
    const listed = part?.listed ?? `artists.track_count + artists.album_count > 0 AND ${seen.artist}`;
    const order = keyset(sort, 'artists.id', query.cursor, params.add);
    const rows = await this.db.query<ArtistSummary & { place: string[] }>(
      `WITH page AS MATERIALIZED (
         SELECT artists.id, ${order.key} AS place, row_number() OVER (ORDER BY ${order.orderBy}) AS at
         FROM artists ${from} WHERE ${[listed, ...filters].join(' AND ')} ${order.where}
         ORDER BY ${order.orderBy} LIMIT ${params.add(query.limit + 1)})
       SELECT ${artistColumns(seen, trackCount)}, page.place FROM page JOIN artists ON artists.id = page.id ${artistJoins(seen)}
       ORDER BY page.at`,
      params.values,
    );
    return toPage(rows, query.limit, toArtistSummary, order.cursorOf);
  }

  /** In the order asked for; those who are on nothing that can be heard are left out. */
  async findByIds(ids: readonly string[], visible: Visible): Promise<ArtistSummary[]> {
    const params = new SqlParams();
    const seen = seenBy(visible, params.add);
    const rows = await this.db.query<ArtistSummary>(
      `SELECT ${artistColumns(seen)} FROM unnest(${params.add(ids)}::uuid[]) WITH ORDINALITY AS wanted (id, at)
       JOIN artists ON artists.id = wanted.id ${artistJoins(seen)}
       WHERE artists.track_count + artists.album_count > 0 AND ${seen.artist} ORDER BY wanted.at`,
      params.values,
    );
    return rows.map(toArtistSummary);
  }

  /** @throws DomainError ARTIST_NOT_FOUND */
  async getById(id: string, visible: Visible): Promise<ArtistDetail> {
    const params = new SqlParams();
    const seen = seenBy(visible, params.add);
    const row = await this.db.first<ArtistSummary & Pick<ArtistDetail, 'musicBrainzId' | 'roles'>>(
      `SELECT ${artistColumns(seen)}, artists.musicbrainz_id AS "musicBrainzId",
         (SELECT coalesce(json_agg(json_build_object('role', role, 'trackCount', n) ORDER BY n DESC, role), '[]') FROM (
            SELECT role, count(*) AS n FROM track_artists JOIN tracks ON tracks.id = track_id
            WHERE artist_id = artists.id AND available AND ${seen.track} GROUP BY role) AS part) AS roles
       FROM artists ${artistJoins(seen)}
       WHERE artists.id = ${params.add(id)} AND ${seen.credited}`,
      params.values,
    );
    if (row === undefined) throw new DomainError('ARTIST_NOT_FOUND', 'There is no such artist.');
    const [own, appearsOn, topTracks] = await Promise.all([
      this.albums.findOfArtist(id, visible),
      this.albums.findAppearances(id, visible),
      this.tracks.findTopOfArtist(id, TOP_TRACKS, visible),
    ]);
    const { musicBrainzId, roles } = row;
    return {
      ...toArtistSummary(row),
      musicBrainzId,
      roles,
      albums: own.filter((album) => !isSingle(album)),
      singles: own.filter(isSingle),
      appearsOn,
      topTracks,
    };
  }

  async listGenres(query: GenreList, visible: Visible): Promise<Page<GenreDto>> {
    const params = new SqlParams();
    const seen = seenBy(visible, params.add);
    const isCounted = query.sort === 'tracks' && visible !== null;
    const { from, sort } = isCounted
      ? byOwnCount(seen.genreTracks)
      : { from: '', sort: GENRE_SORTS[query.sort] };
    const order = keyset(sort, 'genres.id', query.cursor, params.add);
    const rows = await this.db.query<GenreDto & { place: string[] }>(
      `WITH page AS MATERIALIZED (
         SELECT genres.id, ${order.key} AS place, row_number() OVER (ORDER BY ${order.orderBy}) AS at
         FROM genres ${from} WHERE genres.track_count > 0 AND ${seen.genre} ${order.where}
         ORDER BY ${order.orderBy} LIMIT ${params.add(query.limit + 1)})
       SELECT genres.id, genres.name, ${seen.genreTracks} AS "trackCount", page.place
       FROM page JOIN genres ON genres.id = page.id ORDER BY page.at`,
      params.values,
    );
    return toPage(
      rows,
      query.limit,
      ({ id, name, trackCount }) => ({ id, name, trackCount }),
      order.cursorOf,
    );
  }
}
