import { basename } from 'node:path';
import { isId } from '../common/id.js';
import type { Database } from '../database/database.js';
import { HourlySweep } from '../storage/hourly-sweep.js';
import { sweep, SWEEP_AGE_MS, type Sweepable } from '../storage/sweep.js';
import { RENDITION_PREFIX, trackOfStorageKey } from './rendition.js';

/** Removes the files of renditions whose row is gone, and the drafts that killed processes left. */
export class RenditionSweep {
  readonly hourly = new HourlySweep('drafts and renditions', (signal) => this.sweep(signal));

  constructor(
    private readonly db: Database,
    private readonly store: Sweepable,
  ) {}

  async sweep(signal: AbortSignal): Promise<number> {
    const drafts = await sweep(
      this.store.drafts(SWEEP_AGE_MS),
      (paths) => this.growing(paths),
      (path) => this.store.discardDraft(path),
      signal,
    );
    const objects = await sweep(
      this.store.list(RENDITION_PREFIX, SWEEP_AGE_MS),
      (keys) => this.named(keys),
      (key) => this.store.delete(key),
      signal,
    );
    return drafts + objects;
  }

  /** By file name: a worker elsewhere may know the same folder under another path. */
  private async growing(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.db.query<{ readonly draftPath: string }>(
      `SELECT draft_path AS "draftPath" FROM renditions
        WHERE state = 'encoding' AND draft_path IS NOT NULL AND lease_expires_at > now()`,
    );
    const names = new Set(rows.map((row) => basename(row.draftPath)));
    return new Set(paths.filter((path) => names.has(basename(path))));
  }

  /** While a track is being encoded all its files stay: one may have its name, and not yet its row. */
  private async named(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const trackIds = [...new Set(keys.map(trackOfStorageKey))].filter(isId);
    const rows = await this.db.query<{
      readonly trackId: string;
      readonly storageKey: string | null;
      readonly encoding: boolean;
    }>(
      `SELECT track_id AS "trackId", storage_key AS "storageKey", state = 'encoding' AS encoding
         FROM renditions WHERE track_id = ANY($1::uuid[])`,
      [trackIds],
    );
    const named = new Set(rows.map((row) => row.storageKey));
    const busy = new Set(rows.flatMap((row) => (row.encoding ? row.trackId : [])));
    return new Set(keys.filter((key) => named.has(key) || busy.has(trackOfStorageKey(key))));
  }
}
