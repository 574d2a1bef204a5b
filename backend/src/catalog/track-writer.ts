import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import type { FormatHint } from '../media/track-tags.js';
import { bulkInsert, bulkRows, type BulkColumn } from './bulk-rows.js';
import type { MergedTrack } from './merge.js';

/** A track that is a part of its file; the whole file has none, and index 0. */
export interface TrackPart {
  /** From 1 on. */
  readonly index: number;
  readonly fromSample: number;
  /** Null: up to the end. */
  readonly toSample: number | null;
}

/** Of one track of one file, among others that are written with it. */
export const trackKey = ({ fileId, part }: Pick<TrackRow, 'fileId' | 'part'>): string =>
  keyOf(fileId, part?.index ?? 0);
const keyOf = (fileId: string, index: number): string => (index === 0 ? fileId : `${fileId}/${index}`);

/** SQL: a file is heard as its parts where it has any, and a part while a sheet names it. */
export const IS_HEARD = `(CASE WHEN tracks.file_index > 0 THEN tracks.from_sample IS NOT NULL ELSE NOT EXISTS
  (SELECT FROM tracks AS part WHERE part.file_id = tracks.file_id AND part.from_sample IS NOT NULL) END)`;

export interface TrackRow {
  readonly fileId: string;
  readonly part?: TrackPart;
  readonly albumId: string;
  readonly track: MergedTrack;
  /** What the header says of the sound; null leaves what was measured. */
  readonly format: FormatHint | null;
}

/** What the file's tags and header say. */
const COLUMNS: readonly BulkColumn<TrackRow>[] = [
  { name: 'file_id', type: 'uuid', of: (row) => row.fileId },
  { name: 'file_index', type: 'smallint', of: ({ part }) => part?.index ?? 0 },
  { name: 'from_sample', type: 'bigint', of: ({ part }) => part?.fromSample },
  { name: 'to_sample', type: 'bigint', of: ({ part }) => part?.toSample },
  { name: 'album_id', type: 'uuid', of: (row) => row.albumId },
  { name: 'title', type: 'text', of: ({ track }) => track.title },
  { name: 'sort_title', type: 'text', of: ({ track }) => track.sortTitle },
  { name: 'sort_key', type: 'text', of: ({ track }) => track.sortKey },
  { name: 'artist_text', type: 'text', of: ({ track }) => track.artistText },
  { name: 'artist_sort_key', type: 'text', of: ({ track }) => track.artistSortKey },
  { name: 'track_number', type: 'int', of: ({ track }) => track.trackNumber },
  { name: 'track_total', type: 'int', of: ({ track }) => track.trackTotal },
  { name: 'disc_number', type: 'int', of: ({ track }) => track.discNumber },
  { name: 'disc_title', type: 'text', of: ({ track }) => track.discTitle },
  { name: 'year', type: 'int', of: ({ track }) => track.year },
  { name: 'date', type: 'text', of: ({ track }) => track.date },
  { name: 'isrc', type: 'text', of: ({ track }) => track.isrc },
  { name: 'musicbrainz_id', type: 'uuid', of: ({ track }) => track.musicBrainzId },
  { name: 'musicbrainz_track_id', type: 'uuid', of: ({ track }) => track.musicBrainzTrackId },
  { name: 'comment', type: 'text', of: ({ track }) => track.comment },
  { name: 'bpm', type: 'real', of: ({ track }) => track.bpm },
  { name: 'replaygain_track_db', type: 'real', of: ({ track }) => track.replaygainTrackDb },
  { name: 'replaygain_album_db', type: 'real', of: ({ track }) => track.replaygainAlbumDb },
  { name: 'search_text', type: 'text', of: ({ track }) => track.searchText },
  { name: 'codec', type: 'text', of: ({ format }) => format?.codec },
  { name: 'container', type: 'text', of: ({ format }) => format?.container },
  { name: 'lossless', type: 'boolean', of: ({ format }) => format?.lossless },
  { name: 'sample_rate_hz', type: 'int', of: ({ format }) => whole(format?.sampleRateHz) },
  { name: 'bit_depth', type: 'int', of: ({ format }) => whole(format?.bitDepth) },
  { name: 'channels', type: 'int', of: ({ format }) => whole(format?.channels) },
  { name: 'bitrate_kbps', type: 'int', of: ({ format }) => whole(format?.bitrateKbps) },
  { name: 'duration_ms', type: 'bigint', of: ({ format }) => whole(format?.durationMs) },
];
const SOUND = new Set([
  'codec',
  'container',
  'lossless',
  'sample_rate_hz',
  'bit_depth',
  'channels',
  'bitrate_kbps',
  'duration_ms',
]);

/** A header can promise anything; only what a column holds is passed on. */
const whole = (value: number | null | undefined): number | null =>
  value != null && value >= 0 && value < 2 ** 31 ? Math.round(value) : null;

const IDENTITY = new Set(['file_id', 'file_index']);

const updates = COLUMNS.filter(({ name }) => !IDENTITY.has(name)).map(({ name }) =>
  SOUND.has(name) ? `${name} = coalesce(excluded.${name}, tracks.${name})` : `${name} = excluded.${name}`,
);

/** The same of a row that is written over: a part's range comes with it. */
const HEARD_AFTER = `(tracks.file_index > 0 OR ${IS_HEARD})`;

@Injectable()
export class TrackWriter {
  constructor(private readonly db: Database) {}

  /** @returns the track ids by trackKey, and the libraries of those that are listed; a file that had a track keeps its id. */
  async upsert(
    rows: readonly TrackRow[],
    tx: EntityManager,
  ): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly heardIn: ReadonlyMap<string, string> }> {
    const source = bulkRows(rows, [{ name: 'id', type: 'uuid', of: () => newId() }, ...COLUMNS]);
    const written = await this.db.query<{
      id: string;
      file_id: string;
      file_index: number;
      library_id: string;
      available: boolean;
    }>(
      bulkInsert(
        'tracks',
        source,
        `ON CONFLICT (file_id, file_index) DO UPDATE SET ${updates.join(', ')}, available = ${HEARD_AFTER}
         RETURNING id, file_id, file_index, library_id, available`,
      ),
      source.params,
      tx,
    );
    return {
      ids: new Map(written.map((row) => [keyOf(row.file_id, row.file_index), row.id])),
      heardIn: new Map(written.filter(({ available }) => available).map((row) => [row.id, row.library_id])),
    };
  }

  /** Of these tracks alone, not of the others of their files. */
  async findIdsOf(rows: readonly Pick<TrackRow, 'fileId' | 'part'>[], tx: EntityManager): Promise<string[]> {
    const found = await this.db.query<{ id: string }>(
      `SELECT id FROM tracks WHERE (file_id, file_index) IN (SELECT * FROM unnest($1::uuid[], $2::smallint[])) ORDER BY id`,
      [rows.map(({ fileId }) => fileId), rows.map(({ part }) => part?.index ?? 0)],
      tx,
    );
    return found.map((row) => row.id);
  }

  async findIds(fileIds: readonly string[], tx: EntityManager): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      'SELECT id FROM tracks WHERE file_id = ANY($1::uuid[]) ORDER BY id',
      [fileIds],
      tx,
    );
    return rows.map((row) => row.id);
  }

  async setAvailable(ids: readonly string[], available: boolean, tx: EntityManager): Promise<void> {
    if (ids.length === 0) return;
    const sql = `UPDATE tracks SET available = $2 AND ${IS_HEARD} WHERE id = ANY($1::uuid[])`;
    await this.db.query(sql, [ids, available], tx);
  }

  async replaceLinks(
    links: readonly TrackLinks[],
    known: readonly string[],
    tx: EntityManager,
  ): Promise<void> {
    if (known.length > 0)
      for (const table of ['track_artists', 'track_genres', 'lyrics'])
        await this.db.query(`DELETE FROM ${table} WHERE track_id = ANY($1::uuid[])`, [known], tx);
    await this.insert('track_artists', links.flatMap(artistRows), ARTIST_COLUMNS, tx);
    await this.insert('track_genres', links.flatMap(genreRows), GENRE_COLUMNS, tx);
    await this.insert('lyrics', links.flatMap(lyricsRows), LYRICS_COLUMNS, tx);
  }

  private async insert<Row>(
    table: string,
    rows: readonly Row[],
    columns: readonly BulkColumn<Row>[],
    tx: EntityManager,
  ): Promise<void> {
    if (rows.length === 0) return;
    const source = bulkRows(rows, columns);
    await this.db.query(bulkInsert(table, source), source.params, tx);
  }
}

/** Everything that hangs on one track. */
export interface TrackLinks {
  readonly trackId: string;
  readonly credits: readonly { readonly role: string; readonly artistId: string }[];
  readonly genreIds: readonly string[];
  readonly lyrics: MergedTrack['lyrics'];
}

const artistRows = ({ trackId, credits }: TrackLinks) => {
  const positions = new Map<string, number>();
  return credits.map(({ role, artistId }) => {
    const position = positions.get(role) ?? 0;
    positions.set(role, position + 1);
    return { trackId, role, position, artistId };
  });
};
const ARTIST_COLUMNS: readonly BulkColumn<ReturnType<typeof artistRows>[number]>[] = [
  { name: 'track_id', type: 'uuid', of: (row) => row.trackId },
  { name: 'role', type: 'text', of: (row) => row.role },
  { name: 'position', type: 'smallint', of: (row) => row.position },
  { name: 'artist_id', type: 'uuid', of: (row) => row.artistId },
];

const genreRows = ({ trackId, genreIds }: TrackLinks) =>
  genreIds.map((genreId, position) => ({ trackId, genreId, position }));
const GENRE_COLUMNS: readonly BulkColumn<ReturnType<typeof genreRows>[number]>[] = [
  { name: 'track_id', type: 'uuid', of: (row) => row.trackId },
  { name: 'genre_id', type: 'uuid', of: (row) => row.genreId },
  { name: 'position', type: 'smallint', of: (row) => row.position },
];

const lyricsRows = ({ trackId, lyrics }: TrackLinks) =>
  lyrics.map((text, position) => ({ trackId, position, ...text }));
const LYRICS_COLUMNS: readonly BulkColumn<ReturnType<typeof lyricsRows>[number]>[] = [
  { name: 'track_id', type: 'uuid', of: (row) => row.trackId },
  { name: 'position', type: 'smallint', of: (row) => row.position },
  { name: 'language', type: 'text', of: (row) => row.language },
  { name: 'synced', type: 'boolean', of: (row) => row.lines !== null },
  { name: 'text', type: 'text', of: (row) => row.text },
  { name: 'source', type: 'text', of: (row) => row.source },
  { name: 'timing', type: 'text', of: (row) => row.timing },
  { name: 'lines', type: 'jsonb', of: (row) => (row.lines === null ? null : JSON.stringify(row.lines)) },
];
