import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { variousArtists } from './credits.js';
import { ArtistWriter } from './artist-writer.js';
import { bulkInsert, bulkRows } from './bulk-rows.js';

/** How many tracks that can be heard each artist performs on and each genre holds, of a set of tracks. */
export interface TrackShares {
  readonly albumIds: ReadonlySet<string>;
  readonly artists: ReadonlyMap<string, number>;
  readonly genres: ReadonlyMap<string, number>;
}

export const NO_SHARES: TrackShares = { albumIds: new Set(), artists: new Map(), genres: new Map() };

interface AlbumState {
  readonly id: string;
  readonly track_count: number;
  readonly artist_ids: readonly string[];
}

/** What an album's artists should be: named by its files, or to be derived from its tracks. */
export type WantedArtists = ReadonlyMap<string, readonly string[] | 'derived'>;

/**
 * The counts on artists, albums and genres, kept in the transaction that changes what they count. Big ones (a genre of
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
    const rows = await this.db.query<{ kind: 'album' | 'artist' | 'genre'; id: string; n: number }>(
      `WITH heard AS MATERIALIZED (
         SELECT id, album_id, available FROM tracks WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)
       SELECT 'album' AS kind, album_id AS id, 0 AS n FROM heard GROUP BY album_id
       UNION ALL
       SELECT 'artist', artist_id, count(DISTINCT heard.id)::int FROM heard
         JOIN track_artists ON track_id = heard.id AND role = 'performer' WHERE available GROUP BY artist_id
       UNION ALL
       SELECT 'genre', genre_id, count(*)::int FROM heard
         JOIN track_genres ON track_id = heard.id WHERE available GROUP BY genre_id`,
      [trackIds],
      tx,
    );
    const of = (kind: string): Map<string, number> =>
      new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row.n]));
    return { albumIds: new Set(of('album').keys()), artists: of('artist'), genres: of('genre') };
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
      `SELECT id, track_count,
         ARRAY(SELECT artist_id FROM album_artists WHERE album_id = albums.id ORDER BY position) AS artist_ids
       FROM albums WHERE id = ANY($1::uuid[])`,
      [ids],
      tx,
    );
  }

  private async recountAlbums(ids: readonly string[], tx: EntityManager): Promise<AlbumState[]> {
    return this.db.query<AlbumState>(
      `UPDATE albums SET track_count = now.tracks, duration_ms = now.duration, year = coalesce(now.year, albums.year),
         release_date = coalesce(now.date, albums.release_date)
       FROM (SELECT wanted.id, count(tracks.id)::int AS tracks, coalesce(sum(tracks.duration_ms), 0)::bigint AS duration,
               max(tracks.year) AS year, max(tracks.date) AS date
             FROM unnest($1::uuid[]) AS wanted (id)
             LEFT JOIN tracks ON tracks.album_id = wanted.id AND tracks.available GROUP BY wanted.id) AS now
       WHERE albums.id = now.id
       RETURNING albums.id, albums.track_count,
         ARRAY(SELECT artist_id FROM album_artists WHERE album_id = albums.id ORDER BY position) AS artist_ids`,
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
    tracks: ReadonlyMap<string, number>,
    albums: ReadonlyMap<string, number>,
    tx: EntityManager,
  ): Promise<void> {
    const rows = [...new Set([...tracks.keys(), ...albums.keys()])].sort();
    if (rows.length === 0) return;
    const source = bulkRows(rows, [
      { name: 'id', type: 'uuid', of: (id) => id },
      { name: 'tracks', type: 'int', of: (id) => tracks.get(id) ?? 0 },
      { name: 'albums', type: 'int', of: (id) => albums.get(id) ?? 0 },
    ]);
    await this.db.query(
      'SELECT id FROM artists WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
      [rows],
      tx,
    );
    await this.db.query(
      `UPDATE artists SET track_count = track_count + source.tracks, album_count = album_count + source.albums
       FROM ${source.from} WHERE artists.id = source.id`,
      source.params,
      tx,
    );
  }

  private async addToGenres(tracks: ReadonlyMap<string, number>, tx: EntityManager): Promise<void> {
    const rows = [...tracks].sort(([a], [b]) => (a < b ? -1 : 1));
    if (rows.length === 0) return;
    const source = bulkRows(rows, [
      { name: 'id', type: 'uuid', of: ([id]) => id },
      { name: 'tracks', type: 'int', of: ([, count]) => count },
    ]);
    await this.db.query(
      'SELECT id FROM genres WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
      [rows.map(([id]) => id)],
      tx,
    );
    await this.db.query(
      `UPDATE genres SET track_count = track_count + source.tracks FROM ${source.from} WHERE genres.id = source.id`,
      source.params,
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
