import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { toPage, type Page } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { LADDER } from '../media/ladder.js';
import type { CreditDto, TrackDetail, TrackList, TrackSummary } from './catalog.dto.js';
import { TRACK_FILTERS, within, type Asked } from './list-filters.js';
import { TRACK_SORTS, filtersOf, keyset } from './list-order.js';
import { TRACK_COLUMNS, TRACK_JOINS, toTrackSummary, type TrackSummaryRow } from './row-shapes.js';
import { SOUND_COLUMN, toTrackSound, type SoundRow } from './sound-shape.js';

interface DetailRow extends TrackSummaryRow {
  readonly isrc: string | null;
  readonly musicBrainzId: string | null;
  readonly musicBrainzTrackId: string | null;
  readonly sortTitle: string | null;
  readonly integratedLufs: number | null;
  readonly truePeakDbtp: number | null;
  readonly peaks: Buffer | null;
  readonly sound: SoundRow | null;
  readonly comment: string | null;
  readonly bpm: number | null;
  readonly discTotal: number | null;
  readonly trackTotal: number | null;
  readonly genres: TrackDetail['genres'];
  readonly lyrics: TrackDetail['lyrics'];
  readonly credits: CreditDto[];
  readonly renditions: TrackDetail['renditions'];
}

/** A rung of a long track has many rows: it is ready when each of its chunks is. */
const RUNG_STATE = `CASE WHEN bool_and(state = 'ready') AND count(*) = max(chunks) THEN 'ready'
                         WHEN bool_or(state = 'encoding') THEN 'encoding' WHEN bool_or(state = 'failed') THEN 'failed'
                         WHEN bool_or(state = 'queued') THEN 'queued' WHEN bool_or(state = 'evicted') THEN 'evicted'
                         ELSE 'absent' END`;

const DETAIL_COLUMNS = `
  tracks.isrc, tracks.musicbrainz_id AS "musicBrainzId",
  tracks.musicbrainz_track_id AS "musicBrainzTrackId", tracks.sort_title AS "sortTitle", tracks.integrated_lufs AS "integratedLufs",
  tracks.true_peak_dbtp AS "truePeakDbtp", tracks.peaks, tracks.comment, tracks.bpm, ${SOUND_COLUMN},
  albums.disc_total AS "discTotal", tracks.track_total AS "trackTotal",
  (SELECT coalesce(json_agg(json_build_object('id', genres.id, 'name', genres.name) ORDER BY position), '[]')
   FROM track_genres JOIN genres ON genres.id = genre_id WHERE track_id = tracks.id) AS genres,
  (SELECT coalesce(json_agg(json_build_object('language', language, 'synced', synced, 'text', text) ORDER BY position), '[]')
   FROM lyrics WHERE track_id = tracks.id) AS lyrics,
  (SELECT coalesce(json_agg(json_build_object('id', credit.id, 'name', credit.name, 'role', credit.role)
     ORDER BY credit.role <> 'performer', credit.role, credit.position), '[]')
   FROM (SELECT artists.id, artists.name, role, position FROM track_artists
           JOIN artists ON artists.id = artist_id WHERE track_id = tracks.id
         UNION ALL
         SELECT artists.id, artists.name, 'albumArtist', position FROM album_artists
           JOIN artists ON artists.id = artist_id WHERE album_id = tracks.album_id) AS credit) AS credits,
  (SELECT coalesce(json_agg(rung), '[]') FROM (
     SELECT codec, bitrate_kbps AS "bitrateKbps", ${RUNG_STATE} AS state
       FROM renditions WHERE track_id = tracks.id GROUP BY codec, bitrate_kbps) AS rung) AS renditions`;

/** So many tracks of a genre are sorted as soon as they are looked for along the list of each library. */
const FEW = 10_000;

@Injectable()
export class TrackReads {
  constructor(private readonly db: Database) {}

  async list(query: Asked<TrackList>, visible: Visible): Promise<Page<TrackSummary>> {
    const params = new SqlParams();
    const filters = filtersOf(TRACK_FILTERS, query, params.add);
    const seen = seenBy(within(visible, query.libraryId), params.add);
    const order = keyset(TRACK_SORTS[query.sort], 'tracks.id', query.cursor, params.add);
    const limit = params.add(query.limit + 1);
    const where = (theirs: string): string =>
      `WHERE ${['tracks.available', ...filters, theirs].join(' AND ')} ${order.where}`;
    // Each library is a stretch of the index: the first rows of each, and of those the first.
    const from = (await this.leavesFew(query))
      ? `tracks ${where(seen.track)}`
      : `${seen.libraries} CROSS JOIN LATERAL (
           SELECT * FROM tracks ${where('tracks.library_id = library.id')}
           ORDER BY ${order.orderBy} LIMIT ${limit}) AS tracks`;
    // The page is found on the index alone; only its rows are then put together.
    const rows = await this.db.query<TrackSummaryRow & { place: string[] }>(
      `WITH page AS MATERIALIZED (
         SELECT tracks.id, ${order.key} AS place, row_number() OVER (ORDER BY ${order.orderBy}) AS at FROM ${from}
         ORDER BY ${order.orderBy} LIMIT ${limit})
       SELECT ${TRACK_COLUMNS}, page.place FROM page JOIN tracks ON tracks.id = page.id ${TRACK_JOINS} ORDER BY page.at`,
      params.values,
    );
    return toPage(rows, query.limit, toTrackSummary, order.cursorOf);
  }

  /** Whether what is asked for is little, and soonest found from the filter: it is sorted, wherever it lies. */
  private async leavesFew({ albumId, artistId, liked, genreId }: TrackList): Promise<boolean> {
    if (albumId !== undefined || artistId !== undefined || liked !== undefined) return true;
    if (genreId === undefined) return false;
    const sql = 'SELECT track_count AS "trackCount" FROM genres WHERE id = $1';
    const genre = await this.db.first<{ trackCount: number }>(sql, [genreId]);
    return genre === undefined || genre.trackCount <= FEW;
  }

  /** In the order asked for; those that cannot be heard are left out. */
  async findByIds(ids: readonly string[], visible: Visible): Promise<TrackSummary[]> {
    const params = new SqlParams();
    const rows = await this.db.query<TrackSummaryRow>(
      `SELECT ${TRACK_COLUMNS} FROM unnest(${params.add(ids)}::uuid[]) WITH ORDINALITY AS wanted (id, at)
       JOIN tracks ON tracks.id = wanted.id ${TRACK_JOINS}
       WHERE tracks.available AND ${seenBy(visible, params.add).track} ORDER BY wanted.at`,
      params.values,
    );
    return rows.map(toTrackSummary);
  }

  /** All of an album in its order, with the titles of its discs. */
  async findOfAlbum(
    albumId: string,
    visible: Visible,
  ): Promise<readonly { readonly discTitle: string | null; readonly track: TrackSummary }[]> {
    const params = new SqlParams();
    const rows = await this.db.query<TrackSummaryRow>(
      `SELECT ${TRACK_COLUMNS} FROM tracks ${TRACK_JOINS}
       WHERE tracks.album_id = ${params.add(albumId)} AND tracks.available AND ${seenBy(visible, params.add).track}
       ORDER BY coalesce(tracks.disc_number, 1), tracks.track_number, tracks.sort_key, tracks.id`,
      params.values,
    );
    return rows.map((row) => ({ discTitle: row.discTitle, track: toTrackSummary(row) }));
  }

  /** Those that everybody plays most; of equal ones the newest albums first. */
  async findTopOfArtist(artistId: string, limit: number, visible: Visible): Promise<TrackSummary[]> {
    const params = new SqlParams();
    const rows = await this.db.query<TrackSummaryRow>(
      `SELECT ${TRACK_COLUMNS} FROM tracks ${TRACK_JOINS} LEFT JOIN track_counts ON track_counts.track_id = tracks.id
       WHERE tracks.available AND ${seenBy(visible, params.add).track} AND tracks.id IN
         (SELECT track_id FROM track_artists WHERE artist_id = ${params.add(artistId)} AND role = 'performer')
       ORDER BY coalesce(track_counts.plays, 0) DESC, tracks.year DESC NULLS LAST, tracks.album_id,
         tracks.disc_number, tracks.track_number, tracks.id
       LIMIT ${params.add(limit)}`,
      params.values,
    );
    return rows.map(toTrackSummary);
  }

  /** @throws DomainError TRACK_NOT_FOUND */
  async getById(id: string, visible: Visible): Promise<TrackDetail> {
    const params = new SqlParams();
    const row = await this.db.first<DetailRow>(
      `SELECT ${TRACK_COLUMNS}, ${DETAIL_COLUMNS} FROM tracks ${TRACK_JOINS}
       WHERE tracks.id = ${params.add(id)} AND ${seenBy(visible, params.add).track}`,
      params.values,
    );
    if (row === undefined) throw new DomainError('TRACK_NOT_FOUND', 'There is no such track.');
    const { integratedLufs, truePeakDbtp } = row;
    return {
      ...toTrackSummary(row),
      genres: row.genres,
      isrc: row.isrc,
      musicBrainzId: row.musicBrainzId,
      musicBrainzTrackId: row.musicBrainzTrackId,
      sortTitle: row.sortTitle,
      loudness: integratedLufs === null || truePeakDbtp === null ? null : { integratedLufs, truePeakDbtp },
      peaks: row.peaks?.toString('base64') ?? null,
      sound: row.sound === null ? null : toTrackSound(row.sound, row),
      lyrics: row.lyrics,
      renditions: withAbsent(row.renditions),
      credits: row.credits,
      comment: row.comment,
      bpm: row.bpm ?? row.sound?.bpm ?? null,
      discTotal: row.discTotal,
      trackTotal: row.trackTotal,
    };
  }
}

/** Every rung of the ladder, whether somebody ever wanted it or not. */
const withAbsent = (known: TrackDetail['renditions']): TrackDetail['renditions'] =>
  LADDER.map(({ codec, bitrateKbps }) => ({
    codec,
    bitrateKbps,
    state: known.find((row) => row.codec === codec && row.bitrateKbps === bitrateKbps)?.state ?? 'absent',
  }));
