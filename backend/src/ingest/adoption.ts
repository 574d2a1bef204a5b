import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TrackSoundWriter } from '../catalog/track-sound.js';
import { Database } from '../database/database.js';

export interface AudioIdentity {
  readonly audioHash: Buffer;
  readonly audioBytes: number;
}

/**
 * The same music at a new place takes over the row and the track of the file that is gone, and with it likes and plays.
 * Identity is the hash and length of the audio packets; it passes on only when the old path is gone.
 */
@Injectable()
export class Adoption {
  constructor(
    private readonly db: Database,
    private readonly tracks: TrackSoundWriter,
  ) {}

  /** @returns the row that a new file is to be from now on: that of a missing file with its music, or its own. */
  async adopt(fileId: string, identity: AudioIdentity, tx: EntityManager): Promise<string> {
    const lost = await this.db.first<{ id: string }>(
      `SELECT id FROM files WHERE audio_hash = $1 AND audio_bytes = $2 AND state = 'missing' AND id <> $3
       ORDER BY missing_since DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [identity.audioHash, identity.audioBytes, fileId],
      tx,
    );
    if (lost === undefined) return fileId;
    await this.takeOver(lost.id, fileId, tx);
    return lost.id;
  }

  /**
   * A move across disks copies first and deletes minutes later: of files that have just gone missing, those with a
   * copy made within the day before live on in that copy.
   */
  async adoptCopies(goneIds: readonly string[], tx: EntityManager): Promise<void> {
    const pairs = await this.db.query<{ gone: string; copy: string }>(
      `SELECT DISTINCT ON (copy.id) copy.id AS copy, gone.id AS gone FROM files AS gone
       JOIN files AS copy ON copy.audio_hash = gone.audio_hash AND copy.audio_bytes = gone.audio_bytes
       WHERE gone.id = ANY($1::uuid[]) AND gone.state = 'missing' AND copy.state = 'ready'
         AND copy.added_at > gone.added_at AND copy.added_at > now() - interval '1 day'
       ORDER BY copy.id, gone.id`,
      [goneIds],
      tx,
    );
    const taken = new Set<string>();
    for (const { gone, copy } of pairs) {
      if (taken.has(gone)) continue;
      taken.add(gone);
      await this.takeOver(gone, copy, tx);
    }
  }

  private async takeOver(keptId: string, otherId: string, tx: EntityManager): Promise<void> {
    const [kept, other] = [
      await this.tracks.findTrackId(keptId, tx),
      await this.tracks.findTrackId(otherId, tx),
    ];
    if (kept !== null && other !== null) await this.tracks.takeOver(kept, other, tx);
    else if (other !== null) await this.tracks.give(other, keptId, tx);
    const [row] = await this.db.query<Record<string, unknown>>(
      'SELECT * FROM files WHERE id = $1',
      [otherId],
      tx,
    );
    if (row === undefined) return;
    await this.db.query('DELETE FROM files WHERE id = $1', [otherId], tx);
    await this.tracks.moving(keptId, tx, () =>
      this.db.query(
        `UPDATE files SET library_id = $2, folder_id = $3, path = $4, display_path = $5, size_bytes = $6, mtime_ns = $7,
         inode = $8, tags_version = $9, state = 'ready', reject_code = NULL, reject_reason = NULL, missing_since = NULL
       WHERE id = $1`,
        [
          keptId,
          row.library_id,
          row.folder_id,
          row.path,
          row.display_path,
          row.size_bytes,
          row.mtime_ns,
          row.inode,
          row.tags_version,
        ],
        tx,
      ),
    );
    await this.tracks.reveal(keptId, tx);
  }
}
