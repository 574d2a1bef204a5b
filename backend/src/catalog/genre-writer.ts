import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { bulkInsert, bulkRows } from './bulk-rows.js';
import type { GenreRef } from './merge.js';

@Injectable()
export class GenreWriter {
  constructor(private readonly db: Database) {}

  /** Ids by name key; unknown genres are made, in the order of their keys. */
  async ensure(genres: readonly GenreRef[], tx: EntityManager): Promise<ReadonlyMap<string, string>> {
    const distinct = new Map(genres.map((genre) => [genre.nameKey, genre]));
    const ids = await this.findIds([...distinct.keys()], tx);
    const missing = [...distinct.values()]
      .filter((genre) => !ids.has(genre.nameKey))
      .sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1));
    if (missing.length === 0) return ids;
    const source = bulkRows(missing, [
      { name: 'id', type: 'uuid', of: () => newId() },
      { name: 'name', type: 'text', of: (genre) => genre.name },
      { name: 'name_key', type: 'text', of: (genre) => genre.nameKey },
      { name: 'sort_key', type: 'text', of: (genre) => genre.sortKey },
    ]);
    await this.db.query(bulkInsert('genres', source, 'ON CONFLICT (name_key) DO NOTHING'), source.params, tx);
    return this.findIds([...distinct.keys()], tx);
  }

  private async findIds(keys: readonly string[], tx: EntityManager): Promise<Map<string, string>> {
    if (keys.length === 0) return new Map();
    const rows = await this.db.query<{ id: string; name_key: string }>(
      'SELECT id, name_key FROM genres WHERE name_key = ANY($1::text[])',
      [keys],
      tx,
    );
    return new Map(rows.map((row) => [row.name_key, row.id]));
  }
}
