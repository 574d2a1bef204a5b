import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { type SoundFacts, type SoundVersions, versionsTold } from '../media/sound-facts.js';
import { soundColumns, trackColumns, type ColumnValues } from './sound-columns.js';

/** Keeps what is told of tracks' sound, and knows of whom something is wanted that was not looked for yet. */
@Injectable()
export class SoundWriter {
  constructor(private readonly db: Database) {}

  /** Of the sound that a track had before nothing remains. */
  async replace(trackId: string, sound: SoundFacts, wanted: SoundVersions, tx: EntityManager): Promise<void> {
    await this.db.query('DELETE FROM track_sound WHERE track_id = $1', [trackId], tx);
    await this.refresh(trackId, sound, wanted, tx);
  }

  /** The same sound, told anew: what was not told this time remains as it was, with its version. */
  async refresh(trackId: string, sound: SoundFacts, wanted: SoundVersions, tx: EntityManager): Promise<void> {
    await this.update(trackId, trackColumns(sound), tx);
    await this.save(trackId, soundColumns(sound), versionsTold(wanted, sound), wanted, tx);
  }

  /** Its file is out of reach for now: the next start tries again. */
  async postpone(trackId: string, tx: EntityManager): Promise<void> {
    await this.save(trackId, {}, {}, {}, tx);
  }

  /** It cannot be told of this file: it is not tried again until something else is wanted. */
  async giveUp(trackId: string, wanted: SoundVersions, tx: EntityManager): Promise<void> {
    await this.save(trackId, {}, {}, wanted, tx);
  }

  async countStale(wanted: SoundVersions): Promise<number> {
    const row = await this.db.first<{ count: number }>(
      `SELECT count(*)::int AS count FROM tracks JOIN files ON files.id = file_id
         LEFT JOIN track_sound ON track_id = tracks.id
       WHERE ${MEASURED} AND (tried IS NULL OR NOT tried @> $1)`,
      [wanted],
    );
    return row?.count ?? 0;
  }

  /** Those of whom nothing was ever told first, then those that were looked at the longest ago, before a given time. */
  async findStale(wanted: SoundVersions, before: Date, limit: number): Promise<string[]> {
    const never = await this.db.query<{ id: string }>(
      `SELECT tracks.id FROM tracks JOIN files ON files.id = file_id
       WHERE ${MEASURED} AND NOT EXISTS (SELECT FROM track_sound WHERE track_id = tracks.id)
       ORDER BY tracks.id LIMIT $1`,
      [limit],
    );
    if (never.length > 0) return never.map(({ id }) => id);
    const stale = await this.db.query<{ id: string }>(
      `SELECT tracks.id FROM track_sound JOIN tracks ON tracks.id = track_id JOIN files ON files.id = file_id
       WHERE ${MEASURED} AND NOT tried @> $1 AND looked_at < $2 ORDER BY looked_at, track_id LIMIT $3`,
      [wanted, before, limit],
    );
    return stale.map(({ id }) => id);
  }

  private async update(trackId: string, values: ColumnValues, tx: EntityManager): Promise<void> {
    const names = Object.keys(values);
    if (names.length === 0) return;
    await this.db.query(
      `UPDATE tracks SET ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} WHERE id = $1`,
      [trackId, ...Object.values(values)],
      tx,
    );
  }

  private async save(
    trackId: string,
    values: ColumnValues,
    versions: SoundVersions,
    tried: SoundVersions,
    tx: EntityManager,
  ): Promise<void> {
    const names = Object.keys(values);
    await this.db.query(
      `INSERT INTO track_sound AS old (track_id, versions, tried${names.map((name) => `, ${name}`).join('')})
       VALUES ($1, $2, $3${names.map((_, index) => `, $${index + 4}`).join('')})
       ON CONFLICT (track_id) DO UPDATE SET versions = old.versions || excluded.versions,
         tried = old.tried || excluded.tried, looked_at = now()
         ${names.map((name) => `, ${name} = excluded.${name}`).join('')}`,
      [trackId, versions, tried, ...Object.values(values)],
      tx,
    );
  }
}

/** Ready, and measured as the bytes are now. */
const MEASURED = `files.state = 'ready' AND files.facts_version > 0 AND tracks.sample_count > 0
  AND (tracks.file_index = 0 OR tracks.from_sample IS NOT NULL)`;
