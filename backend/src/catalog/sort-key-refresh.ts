import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';
import { bulkRows } from './bulk-rows.js';
import { COLLATION_RULES } from './collation.js';
import { sortKey } from './names.js';

interface Sorted {
  readonly table: 'artists' | 'genres' | 'albums' | 'tracks';
  readonly name: string;
  readonly sortName: string;
  /** SQL: the place of who made it, where rows have one. */
  readonly artistKey?: string;
}

const artistKey = (links: string): string => `coalesce((SELECT artists.sort_key FROM ${links}
  AND position = 0), artist_sort_key)`;

/** Artists first: what they made is sorted by their keys, too. */
const TABLES: readonly Sorted[] = [
  { table: 'artists', name: 'name', sortName: 'sort_name' },
  { table: 'genres', name: 'name', sortName: 'NULL::text' },
  {
    table: 'albums',
    name: 'title',
    sortName: 'sort_title',
    artistKey: artistKey('album_artists JOIN artists ON artists.id = artist_id WHERE album_id = row.id'),
  },
  {
    table: 'tracks',
    name: 'title',
    sortName: 'sort_title',
    artistKey: artistKey(
      `track_artists JOIN artists ON artists.id = artist_id WHERE track_id = row.id AND role = 'performer'`,
    ),
  },
];

const BATCH = 500;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly sortName: string | null;
}

/**
 * Sort keys made by other rules, or with another ICU, are made anew from the names that are stored: in the background,
 * a few at a time, going on after a restart. Until then lists are in the old order here and in the new one there.
 */
@Injectable()
export class SortKeyRefresh implements OnApplicationBootstrap {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if ((await this.stale()).length === 0) return;
    await this.jobs.start();
    await this.jobs.enqueue('catalog.sort-keys', { rules: COLLATION_RULES }, { priority: PRIORITY.fresh });
  }

  async refresh(signal: AbortSignal): Promise<void> {
    for (const sorted of await this.stale()) {
      const changed = await this.refreshTable(sorted, signal);
      if (changed > 0) log.info({ table: sorted.table, rows: changed }, 'sort keys were made anew');
      await this.db.query(
        `INSERT INTO sort_key_rules (table_name, rules) VALUES ($1, $2)
         ON CONFLICT (table_name) DO UPDATE SET rules = excluded.rules`,
        [sorted.table, COLLATION_RULES],
      );
    }
  }

  private async stale(): Promise<readonly Sorted[]> {
    const rows = await this.db.query<{ name: string }>(
      'SELECT table_name AS name FROM sort_key_rules WHERE rules = $1',
      [COLLATION_RULES],
    );
    return TABLES.filter(({ table }) => !rows.some(({ name }) => name === table));
  }

  private async refreshTable(sorted: Sorted, signal: AbortSignal): Promise<number> {
    let changed = 0;
    for (let after: string | null = null; ;) {
      signal.throwIfAborted();
      const rows: Row[] = await this.db.query<Row>(
        `SELECT id, ${sorted.name} AS name, ${sorted.sortName} AS "sortName" FROM ${sorted.table}
         WHERE $1::uuid IS NULL OR id > $1::uuid ORDER BY id LIMIT ${BATCH}`,
        [after],
      );
      changed += await this.write(sorted, rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < BATCH) return changed;
      after = last.id;
    }
  }

  /** Not over a name that was written in between: its writer made the key. */
  private async write({ table, name, sortName, artistKey }: Sorted, rows: readonly Row[]): Promise<number> {
    const source = bulkRows(rows, [
      { name: 'id', type: 'uuid', of: (row) => row.id },
      { name: 'was', type: 'text', of: (row) => row.name },
      { name: 'sort_was', type: 'text', of: (row) => row.sortName },
      { name: 'key', type: 'text', of: (row) => sortKey(row.name, row.sortName) },
    ]);
    const [columns, olds, news] =
      artistKey === undefined
        ? ['sort_key', 'row.sort_key', 'source.key']
        : ['sort_key, artist_sort_key', 'row.sort_key, row.artist_sort_key', `source.key, ${artistKey}`];
    const written = await this.db.query(
      `UPDATE ${table} AS row SET (${columns}) = ROW(${news}) FROM ${source.from}
       WHERE row.id = source.id AND row.${name} = source.was
         AND ${sortName.includes('::') ? sortName : `row.${sortName}`} IS NOT DISTINCT FROM source.sort_was
         AND (${olds}) IS DISTINCT FROM (${news}) RETURNING row.id`,
      source.params,
    );
    return written.length;
  }
}
