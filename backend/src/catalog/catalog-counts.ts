import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { variousArtists } from './credits.js';
import { ArtistWriter } from './artist-writer.js';
import { bulkInsert, bulkRows } from './bulk-rows.js';
import {
  addToHoldings,
  holdingKey,
  holdingOf,
  OF_ARTISTS,
  OF_GENRES,
  overall,
  recountLibraryAlbums,
  type Holdings,
} from './library-holdings.js';

/** How many tracks that can be heard each artist has part in and each genre holds, of a set of tracks. */
export interface TrackShares {
  readonly albumIds: ReadonlySet<string>;
  readonly artists: Holdings;
  readonly genres: Holdings;
}

export const NO_SHARES: TrackShares = { albumIds: new Set(), artists: new Map(), genres: new Map() };

interface AlbumState {
  readonly id: string;
  readonly track_count: number;
  readonly artist_ids: readonly string[];
  readonly library_ids: readonly string[];
}

const ALBUM_STATE = `albums.id, albums.track_count,
  ARRAY(SELECT artist_id FROM album_artists WHERE album_id = albums.id ORDER BY position) AS artist_ids,
  ARRAY(SELECT library_id FROM library_albums WHERE album_id = albums.id) AS library_ids`;

/** What an album's artists should be: named by its files, or to be derived from its tracks. */
export type WantedArtists = ReadonlyMap<string, readonly string[] | 'derived'>;

/**
 * The counts on artists, albums and genres, of all libraries and of each, kept in the transaction that changes what they count. Big ones (a genre of
 * 200,000 tracks) are moved by the difference, never counted anew; rows are locked in the order of their ids.
 */
@Injectable()
export class CatalogCounts {
  constructor(
    private readonly db: Database,
    private readonly artists: ArtistWriter,
  ) {}

  async sharesOf(trackIds: readonly string[], tx: EntityManager): Promise<TrackShares> {
    if (trackIds.length === 0) return NO_SHARES;
    const rows = await this.db.query<{
      kind: 'album' | 'artist' | 'genre';
      id: string;
      role: string;
      libraryId: string;
      n: number;
    }>(
      `WITH heard AS MATERIALIZED (
         SELECT id, album_id, library_id, available FROM tracks WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)
       SELECT 'album' AS kind, album_id AS id, '' AS role, library_id AS "libraryId", 0 AS n
         FROM heard GROUP BY album_id, library_id
       UNION ALL
       SELECT 'artist', artist_id, role, library_id, count(DISTINCT heard.id)::int FROM heard
         JOIN track_artists ON track_id = heard.id WHERE available GROUP BY artist_id, role, library_id
       UNION ALL
       SELECT 'genre', genre_id, '', library_id, count(*)::int FROM heard
         JOIN track_genres ON track_id = heard.id WHERE available GROUP BY genre_id, library_id`,
      [trackIds],
      tx,
    );
    const of = (kind: string): Holdings =>
      new Map(rows.filter((row) => row.kind === kind).map((row) => [holdingKey(row), row.n]));
    return {
      albumIds: new Set(rows.filter(({ kind }) => kind === 'album').map(({ id }) => id)),
      artists: of('artist'),
      genres: of('genre'),
    };
  }

  /** Moves every count from what the tracks gave before to what they give now. */
  async apply(
    before: TrackShares,
    after: TrackShares,
    wanted: WantedArtists,
    tx: EntityManager,
  ): Promise<void> {
    const albumIds = [...new Set([...before.albumIds, ...after.albumIds])];
    const albumsBefore = await this.lockAlbums(albumIds, tx);
    await this.nameArtists(albumsBefore, wanted, tx);
    const albumsAfter = await this.recountAlbums(albumIds, tx);
    await this.addToArtists(
      difference(before.artists, after.artists),
      difference(listedAlbums(albumsBefore), listedAlbums(albumsAfter)),
      difference(albumHoldings(albumsBefore), albumHoldings(albumsAfter)),
      tx,
    );
    await this.addToGenres(difference(before.genres, after.genres), tx);
  }

  private async lockAlbums(ids: readonly string[], tx: EntityManager): Promise<AlbumState[]> {
    await this.db.query(
      'SELECT id FROM albums WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
      [ids],
      tx,
    );
    return this.db.query<AlbumState>(
      `SELECT ${ALBUM_STATE} FROM albums WHERE id = ANY($1::uuid[])`,
      [ids],
      tx,
    );
  }

  private async recountAlbums(ids: readonly string[], tx: EntityManager): Promise<AlbumState[]> {
    await recountLibraryAlbums(this.db, ids, tx);
    return this.db.query<AlbumState>(
      `UPDATE albums SET track_count = now.tracks, duration_ms = now.duration, year = coalesce(now.year, albums.year),
         release_date = coalesce(now.date, albums.release_date)
       FROM (SELECT wanted.id, count(tracks.id)::int AS tracks, coalesce(sum(tracks.duration_ms), 0)::bigint AS duration,
               max(tracks.year) AS year, max(tracks.date) AS date
             FROM unnest($1::uuid[]) AS wanted (id)
             LEFT JOIN tracks ON tracks.album_id = wanted.id AND tracks.available GROUP BY wanted.id) AS now
       WHERE albums.id = now.id
       RETURNING ${ALBUM_STATE}`,
      [ids],
      tx,
    );
  }

  /** Gives albums the artists that their files name, or the one performer of all their tracks, or various artists. */
  private async nameArtists(
    albums: readonly AlbumState[],
    wanted: WantedArtists,
    tx: EntityManager,
  ): Promise<void> {
    const derived = await this.deriveArtists(
      [...wanted].flatMap(([id, artists]) => (artists === 'derived' ? [id] : [])),
      tx,
    );
    const changed = albums.flatMap(({ id, artist_ids }) => {
      const named = wanted.get(id);
      const artists = named === 'derived' ? derived.get(id) : named;
      return artists === undefined || artists.join() === artist_ids.join() ? [] : [{ id, artists }];
    });
    if (changed.length === 0) return;
    const ids = changed.map(({ id }) => id);
    await this.db.query('DELETE FROM album_artists WHERE album_id = ANY($1::uuid[])', [ids], tx);
    const source = bulkRows(
      changed.flatMap(({ id, artists }) => artists.map((artistId, position) => ({ id, artistId, position }))),
      [
        { name: 'album_id', type: 'uuid', of: (row) => row.id },
        { name: 'position', type: 'smallint', of: (row) => row.position },
        { name: 'artist_id', type: 'uuid', of: (row) => row.artistId },
      ],
    );
    await this.db.query(bulkInsert('album_artists', source), source.params, tx);
    await this.db.query(
      `UPDATE albums SET artist_text = named.text, artist_sort_key = named.sort_key
       FROM (SELECT album_id, string_agg(artists.name, ', ' ORDER BY position) AS text,
               (array_agg(artists.sort_key ORDER BY position))[1] AS sort_key
             FROM album_artists JOIN artists ON artists.id = artist_id
             WHERE album_id = ANY($1::uuid[]) GROUP BY album_id) AS named
       WHERE albums.id = named.album_id`,
      [ids],
      tx,
    );
  }

  private async deriveArtists(
    albumIds: readonly string[],
    tx: EntityManager,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (albumIds.length === 0) return new Map();
    const rows = await this.db.query<{ album_id: string; artist_ids: string[] }>(
      `SELECT album_id, array_agg(DISTINCT artist_id) AS artist_ids FROM tracks
       JOIN track_artists ON track_id = tracks.id AND role = 'performer' AND position = 0
       WHERE album_id = ANY($1::uuid[]) AND available GROUP BY album_id`,
      [albumIds],
      tx,
    );
    if (rows.every((row) => row.artist_ids.length === 1))
      return new Map(rows.map((row) => [row.album_id, row.artist_ids]));
    const various = variousArtists();
    const id = (await this.artists.ensure([various], tx)).get(various);
    return new Map(rows.map((row) => [row.album_id, row.artist_ids.length === 1 ? row.artist_ids : [id]]));
  }

  private async addToArtists(
    parts: Holdings,
    albums: ReadonlyMap<string, number>,
    ownAlbums: Holdings,
    tx: EntityManager,
  ): Promise<void> {
    const holdings = new Map([...parts, ...ownAlbums]);
    const tracks = overall(parts, 'performer');
    await this.lock(
      'artists',
      [...[...holdings.keys()].map((key) => holdingOf(key).id), ...albums.keys()],
      tx,
    );
    const rows = [...new Set([...tracks.keys(), ...albums.keys()])];
    if (rows.length > 0) {
      const source = bulkRows(rows, [
        { name: 'id', type: 'uuid', of: (id) => id },
        { name: 'tracks', type: 'int', of: (id) => tracks.get(id) ?? 0 },
        { name: 'albums', type: 'int', of: (id) => albums.get(id) ?? 0 },
      ]);
      await this.db.query(
        `UPDATE artists SET track_count = track_count + source.tracks, album_count = album_count + source.albums
         FROM ${source.from} WHERE artists.id = source.id`,
        source.params,
        tx,
      );
    }
    await addToHoldings(this.db, OF_ARTISTS, holdings, tx);
  }

  private async addToGenres(holdings: Holdings, tx: EntityManager): Promise<void> {
    const rows = [...overall(holdings, '')];
    if (rows.length === 0) return;
    await this.lock(
      'genres',
      rows.map(([id]) => id),
      tx,
    );
    const source = bulkRows(rows, [
      { name: 'id', type: 'uuid', of: ([id]) => id },
      { name: 'tracks', type: 'int', of: ([, count]) => count },
    ]);
    await this.db.query(
      `UPDATE genres SET track_count = track_count + source.tracks FROM ${source.from} WHERE genres.id = source.id`,
      source.params,
      tx,
    );
    await addToHoldings(this.db, OF_GENRES, holdings, tx);
  }

  private async lock(table: 'artists' | 'genres', ids: readonly string[], tx: EntityManager): Promise<void> {
    if (ids.length === 0) return;
    await this.db.query(
      `SELECT id FROM ${table} WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      [ids],
      tx,
    );
  }
}

/** Only what changes: most batches move few counts, and every moved one is a row written. */
export const difference = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> =>
  new Map(
    [...new Set([...before.keys(), ...after.keys()])]
      .map((id) => [id, (after.get(id) ?? 0) - (before.get(id) ?? 0)] as const)
      .filter(([, change]) => change !== 0),
  );

const listedAlbums = (albums: readonly AlbumState[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const album of albums)
    if (album.track_count > 0)
      for (const artist of new Set(album.artist_ids)) counts.set(artist, (counts.get(artist) ?? 0) + 1);
  return counts;
};

/** In which libraries an artist's own albums can be heard, and how many of them. */
const albumHoldings = (albums: readonly AlbumState[]): Holdings => {
  const counts = new Map<string, number>();
  for (const { artist_ids, library_ids } of albums)
    for (const id of new Set(artist_ids))
      for (const libraryId of library_ids) {
        const key = holdingKey({ id, role: 'albumArtist', libraryId });
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
  return counts;
};
