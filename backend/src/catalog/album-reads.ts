import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { toPage, type Page } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Seen, type Visible } from '../libraries/seen.js';
import { loudnessOfAlbum } from './album-loudness.js';
import type { AlbumDetail, AlbumList, AlbumSummary } from './catalog.dto.js';
import { ALBUM_FILTERS, within, type Asked } from './list-filters.js';
import { ALBUM_SORTS, filtersOf, keyset } from './list-order.js';
import { ALBUM_JOINS, albumColumns, toAlbumSummary, type AlbumSummaryRow } from './row-shapes.js';
import { TrackReads } from './track-reads.js';

/** A box of a hundred discs names thousands. */
const MOST_CREDITS = 500;

interface DetailRow extends AlbumSummaryRow {
  readonly releaseDate: string | null;
  readonly originalDate: string | null;
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly discTotal: number | null;
  readonly musicBrainzId: string | null;
  readonly musicBrainzGroupId: string | null;
  readonly sortTitle: string | null;
  readonly releaseTypes: AlbumDetail['releaseTypes'];
  readonly genres: AlbumDetail['genres'];
  readonly credits: AlbumDetail['credits'];
}

const detailColumns = (
  seen: Seen,
): string => `release_date AS "releaseDate", original_date AS "originalDate", label,
  catalog_number AS "catalogNumber", disc_total AS "discTotal", musicbrainz_id AS "musicBrainzId",
  musicbrainz_group_id AS "musicBrainzGroupId", sort_title AS "sortTitle", release_types AS "releaseTypes",
  (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY n DESC, name), '[]') FROM (
     SELECT genres.id, genres.name, count(*) AS n FROM tracks JOIN track_genres ON track_id = tracks.id
       JOIN genres ON genres.id = genre_id
     WHERE album_id = albums.id AND available AND ${seen.track} GROUP BY genres.id) AS genre) AS genres,
  (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'role', role, 'trackCount', n)
       ORDER BY role <> 'performer', role, n DESC, sort_key, id), '[]') FROM (
     SELECT artists.id, artists.name, artists.sort_key, role, count(*) AS n FROM tracks
       JOIN track_artists ON track_id = tracks.id JOIN artists ON artists.id = artist_id
     WHERE album_id = albums.id AND available AND ${seen.track}
       AND NOT (role = 'performer' AND artist_id IN (SELECT artist_id FROM album_artists WHERE album_id = albums.id))
     GROUP BY artists.id, role ORDER BY n DESC LIMIT ${MOST_CREDITS}) AS credit) AS credits`;

const APPEARANCES = 100;

@Injectable()
export class AlbumReads {
  constructor(
    private readonly db: Database,
    private readonly tracks: TrackReads,
  ) {}

  async list(query: Asked<AlbumList>, visible: Visible): Promise<Page<AlbumSummary>> {
    const params = new SqlParams();
    const filters = filtersOf(ALBUM_FILTERS, query, params.add);
    const seen = seenBy(within(visible, query.libraryId), params.add);
    const order = keyset(ALBUM_SORTS[query.sort], 'albums.id', query.cursor, params.add);
    const rows = await this.db.query<AlbumSummaryRow & { place: string[] }>(
      `WITH page AS MATERIALIZED (
         SELECT albums.id, ${order.key} AS place, row_number() OVER (ORDER BY ${order.orderBy}) AS at FROM albums
         WHERE ${['albums.track_count > 0', ...filters, seen.album].join(' AND ')} ${order.where}
         ORDER BY ${order.orderBy} LIMIT ${params.add(query.limit + 1)})
       SELECT ${albumColumns(seen)}, page.place FROM page JOIN albums ON albums.id = page.id ${ALBUM_JOINS} ORDER BY page.at`,
      params.values,
    );
    return toPage(rows, query.limit, toAlbumSummary, order.cursorOf);
  }

  /** In the order asked for; those without a track that can be heard are left out. */
  async findByIds(ids: readonly string[], visible: Visible): Promise<AlbumSummary[]> {
    const params = new SqlParams();
    const seen = seenBy(visible, params.add);
    const rows = await this.db.query<AlbumSummaryRow>(
      `SELECT ${albumColumns(seen)} FROM unnest(${params.add(ids)}::uuid[]) WITH ORDINALITY AS wanted (id, at)
       JOIN albums ON albums.id = wanted.id ${ALBUM_JOINS} WHERE track_count > 0 AND ${seen.album} ORDER BY wanted.at`,
      params.values,
    );
    return rows.map(toAlbumSummary);
  }

  /** An artist's own albums, the newest first. */
  async findOfArtist(artistId: string, visible: Visible): Promise<AlbumSummary[]> {
    const params = new SqlParams();
    const seen = seenBy(visible, params.add);
    const rows = await this.db.query<AlbumSummaryRow>(
      `SELECT ${albumColumns(seen)} FROM albums ${ALBUM_JOINS}
       WHERE track_count > 0 AND ${seen.album}
         AND albums.id IN (SELECT album_id FROM album_artists WHERE artist_id = ${params.add(artistId)})
       ORDER BY year DESC NULLS LAST, sort_key, albums.id LIMIT 500`,
      params.values,
    );
    return rows.map(toAlbumSummary);
  }

  /** Albums of others on which the artist performs. */
  async findAppearances(artistId: string, visible: Visible): Promise<AlbumSummary[]> {
    const params = new SqlParams();
    const seen = seenBy(visible, params.add);
    const artist = params.add(artistId);
    const rows = await this.db.query<AlbumSummaryRow>(
      `SELECT ${albumColumns(seen)} FROM albums ${ALBUM_JOINS}
       WHERE track_count > 0
         AND albums.id IN (SELECT album_id FROM track_artists JOIN tracks ON tracks.id = track_id
                           WHERE artist_id = ${artist} AND role = 'performer' AND available AND ${seen.track})
         AND NOT EXISTS (SELECT FROM album_artists WHERE album_id = albums.id AND artist_id = ${artist})
       ORDER BY year DESC NULLS LAST, sort_key, albums.id LIMIT ${APPEARANCES}`,
      params.values,
    );
    return rows.map(toAlbumSummary);
  }

  /** @throws DomainError ALBUM_NOT_FOUND */
  async getById(id: string, visible: Visible): Promise<AlbumDetail> {
    const params = new SqlParams();
    const seen = seenBy(visible, params.add);
    const row = await this.db.first<DetailRow>(
      `SELECT ${albumColumns(seen)}, ${detailColumns(seen)}
       FROM albums ${ALBUM_JOINS} WHERE albums.id = ${params.add(id)} AND ${seen.album}`,
      params.values,
    );
    if (row === undefined) throw new DomainError('ALBUM_NOT_FOUND', 'There is no such album.');
    return {
      ...toAlbumSummary(row),
      releaseDate: row.releaseDate,
      originalDate: row.originalDate,
      label: row.label,
      catalogNumber: row.catalogNumber,
      discTotal: row.discTotal,
      musicBrainzId: row.musicBrainzId,
      musicBrainzGroupId: row.musicBrainzGroupId,
      sortTitle: row.sortTitle,
      releaseTypes: row.releaseTypes,
      genres: row.genres,
      credits: row.credits,
      loudness: await loudnessOfAlbum(this.db, id),
      discs: toDiscs(await this.tracks.findOfAlbum(id, visible)),
    };
  }
}

/** Tracks without a disc number are on the first. */
const toDiscs = (rows: Awaited<ReturnType<TrackReads['findOfAlbum']>>): AlbumDetail['discs'] => {
  const discs = new Map<number, AlbumDetail['discs'][number]>();
  for (const { discTitle, track } of rows) {
    const number = track.discNumber ?? 1;
    const disc = discs.get(number) ?? { number, title: null, tracks: [] };
    discs.set(number, { number, title: disc.title ?? discTitle, tracks: [...disc.tracks, track] });
  }
  return [...discs.values()];
};
