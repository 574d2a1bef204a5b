import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import type { ArtistIds } from './artist-writer.js';
import { bulkInsert, bulkRows, listOf, type BulkColumn } from './bulk-rows.js';
import type { MergedAlbum } from './merge.js';
import { primaryType } from './release-types.js';

export interface AlbumLook {
  /** By merge key. */
  readonly ids: ReadonlyMap<string, string>;
  readonly albums: ReadonlyMap<string, MergedAlbum>;
}

interface AlbumRow {
  readonly id: string;
  readonly album: MergedAlbum;
}

const COLUMNS: readonly BulkColumn<AlbumRow>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'merge_key', type: 'text', of: ({ album }) => album.mergeKey },
  { name: 'title', type: 'text', of: ({ album }) => album.title },
  { name: 'sort_title', type: 'text', of: ({ album }) => album.sortTitle },
  { name: 'sort_key', type: 'text', of: ({ album }) => album.sortKey },
  { name: 'artist_sort_key', type: 'text', of: ({ album }) => album.artistSortKey },
  { name: 'artist_text', type: 'text', of: ({ album }) => album.artistText },
  { name: 'compilation', type: 'boolean', of: ({ album }) => album.compilation },
  { name: 'original_date', type: 'text', of: ({ album }) => album.originalDate },
  { name: 'release_type', type: 'text', of: ({ album }) => primaryType(album.releaseTypes) },
  { name: 'release_types', type: 'text[]', of: ({ album }) => album.releaseTypes },
  { name: 'label', type: 'text', of: ({ album }) => album.label },
  { name: 'catalog_number', type: 'text', of: ({ album }) => album.catalogNumber },
  { name: 'disc_total', type: 'int', of: ({ album }) => album.discTotal },
  { name: 'musicbrainz_id', type: 'uuid', of: ({ album }) => album.musicBrainzId },
  { name: 'musicbrainz_group_id', type: 'uuid', of: ({ album }) => album.musicBrainzGroupId },
  { name: 'search_text', type: 'text', of: ({ album }) => album.searchText },
];

/** What the newest file of an album says; what it does not say stays. */
const TOLD = [
  'original_date',
  'release_type',
  'label',
  'catalog_number',
  'disc_total',
  'musicbrainz_group_id',
  'sort_title',
];
const toldNews = (name: string): string => `coalesce(source.${name}, albums.${name})`;
/** Told with another. */
const NEWS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(TOLD.map((name) => [name, toldNews(name)])),
  release_types: `coalesce(${listOf('source.release_types')}, albums.release_types)`,
  sort_key: `CASE WHEN source.sort_title IS NULL THEN albums.sort_key ELSE source.sort_key END`,
};

@Injectable()
export class AlbumWriter {
  constructor(private readonly db: Database) {}

  /** Finds or makes the albums of a batch, in the order of their keys. */
  async ensure(albums: readonly MergedAlbum[], artists: ArtistIds, tx: EntityManager): Promise<AlbumLook> {
    const distinct = new Map<string, MergedAlbum>();
    for (const album of albums) if (!distinct.has(album.mergeKey)) distinct.set(album.mergeKey, album);
    const ids = await this.findIds([...distinct.keys()], tx);
    const known = [...ids].flatMap(([key, id]) => rowOf(id, distinct.get(key)));
    if (known.length > 0) await this.tellMore(known, tx);
    while (ids.size < distinct.size) {
      const missing = [...distinct].filter(([key]) => !ids.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
      const rows = missing.map(([, album]) => ({ id: newId(), album }));
      for (const [key, id] of await this.create(rows, artists, tx)) ids.set(key, id);
      // Made by another writer in between: found by a second look.
      if (ids.size < distinct.size)
        for (const [key, id] of await this.findIds(
          missing.map(([key]) => key),
          tx,
        ))
          ids.set(key, id);
    }
    return { ids, albums: distinct };
  }

  private async findIds(keys: readonly string[], tx: EntityManager): Promise<Map<string, string>> {
    const rows = await this.db.query<{ id: string; merge_key: string }>(
      'SELECT id, merge_key FROM albums WHERE merge_key = ANY($1::text[])',
      [keys],
      tx,
    );
    return new Map(rows.map((row) => [row.merge_key, row.id]));
  }

  private async create(
    rows: readonly AlbumRow[],
    artists: ArtistIds,
    tx: EntityManager,
  ): Promise<Map<string, string>> {
    const source = bulkRows(rows, COLUMNS);
    const made = await this.db.query<{ id: string; merge_key: string }>(
      bulkInsert('albums', source, 'ON CONFLICT (merge_key) DO NOTHING RETURNING id, merge_key'),
      source.params,
      tx,
    );
    const ids = new Map(made.map((row) => [row.merge_key, row.id]));
    const credits = rows
      .filter(({ album }) => ids.has(album.mergeKey))
      .flatMap(({ id, album }) =>
        [...new Set(album.artists.map((artist) => artists.get(artist)))].map((artistId, position) => ({
          id,
          artistId,
          position,
        })),
      );
    const links = bulkRows(credits, [
      { name: 'album_id', type: 'uuid', of: (row) => row.id },
      { name: 'position', type: 'smallint', of: (row) => row.position },
      { name: 'artist_id', type: 'uuid', of: (row) => row.artistId },
    ]);
    await this.db.query(bulkInsert('album_artists', links), links.params, tx);
    return ids;
  }

  private async tellMore(rows: readonly AlbumRow[], tx: EntityManager): Promise<void> {
    const source = bulkRows(
      [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)),
      COLUMNS.filter(({ name }) => name in NEWS || name === 'id'),
    );
    const names = Object.keys(NEWS);
    const news = Object.values(NEWS).join(', ');
    const olds = names.map((name) => `albums.${name}`).join(', ');
    await this.db.query(
      `UPDATE albums SET (${names.join(', ')}) = ROW(${news}) FROM ${source.from}
       WHERE albums.id = source.id AND (${olds}) IS DISTINCT FROM (${news})`,
      source.params,
      tx,
    );
  }
}

const rowOf = (id: string, album: MergedAlbum | undefined): AlbumRow[] =>
  album === undefined ? [] : [{ id, album }];
