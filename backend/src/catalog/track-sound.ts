import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import type { AudioHash, TrackFacts } from '../media/facts.js';
import { CatalogWriter } from './catalog-writer.js';
import { IS_HEARD } from './track-writer.js';

/** What decoding a file told of its format; its hash, its form and the decoder's version belong to the file. */
export type TrackFormat = Omit<
  TrackFacts,
  keyof AudioHash | 'sound' | 'warnings' | 'ffmpegVersion' | 'changesForm'
>;

/** Columns that speak of one file's tags and sound: what moves along when a track takes over another one's file. */
const CARRIED = [
  'album_id',
  'title',
  'sort_key',
  'artist_text',
  'artist_sort_key',
  'track_number',
  'track_total',
  'disc_number',
  'disc_title',
  'year',
  'date',
  'isrc',
  'musicbrainz_id',
  'comment',
  'bpm',
  'replaygain_track_db',
  'replaygain_album_db',
  'artwork_id',
  'codec',
  'container',
  'lossless',
  'sample_rate_hz',
  'bit_depth',
  'channels',
  'bitrate_kbps',
  'duration_ms',
  'search_text',
];

/** The second pass over tracks. */
@Injectable()
export class TrackSoundWriter {
  constructor(
    private readonly db: Database,
    private readonly catalog: CatalogWriter,
  ) {}

  async findTrackId(fileId: string, tx: EntityManager): Promise<string | null> {
    const row = await this.db.first<{ id: string }>(
      'SELECT id FROM tracks WHERE file_id = $1 AND file_index = 0',
      [fileId],
      tx,
    );
    return row?.id ?? null;
  }

  /** A file that is there again is heard as what it was: whole, or as its parts. */
  reveal(fileId: string, tx: EntityManager): Promise<void> {
    return this.catalog.setAvailable([fileId], true, tx);
  }

  /** A file that is found elsewhere can be in another library. */
  moving(fileId: string, tx: EntityManager, move: () => Promise<unknown>): Promise<void> {
    return this.catalog.changingFiles([fileId], tx, move);
  }

  /** A track whose file is another one from now on. */
  async give(trackId: string, fileId: string, tx: EntityManager): Promise<void> {
    await this.catalog.changing([trackId], tx, () =>
      this.db.query('UPDATE tracks SET file_id = $1 WHERE id = $2', [fileId, trackId], tx),
    );
  }

  async saveFormat(trackId: string, format: TrackFormat, tx: EntityManager): Promise<void> {
    await this.catalog.changing([trackId], tx, () =>
      this.db.query(
        `UPDATE tracks SET available = ${IS_HEARD}, codec = $2, container = $3, lossless = $4, sample_rate_hz = $5,
           bit_depth = $6, channels = $7, bitrate_kbps = $8, sample_count = $9, duration_ms = $10 WHERE id = $1`,
        [
          trackId,
          format.codec,
          format.container,
          format.lossless,
          format.sampleRateHz,
          format.bitDepth,
          format.channels,
          format.bitrateKbps,
          format.sampleCount,
          format.durationMs,
        ],
        tx,
      ),
    );
  }

  /** An album shows the picture of its first track that has one. */
  async saveArtwork(trackId: string, artworkId: string | null, tx: EntityManager): Promise<void> {
    await this.db.query(
      'UPDATE tracks SET artwork_id = $2 WHERE id = $1 AND artwork_id IS DISTINCT FROM $2',
      [trackId, artworkId],
      tx,
    );
    await this.db.query(
      `UPDATE albums SET artwork_id = first.artwork_id
       FROM (SELECT tracks.album_id, tracks.artwork_id FROM tracks
             WHERE album_id = (SELECT album_id FROM tracks WHERE id = $1) AND available AND artwork_id IS NOT NULL
             ORDER BY album_id, disc_number, track_number, id LIMIT 1) AS first
       WHERE albums.id = first.album_id AND albums.artwork_id IS DISTINCT FROM first.artwork_id`,
      [trackId],
      tx,
    );
  }

  /** The kept track becomes what the other one was, and the other one goes; its id, age and renditions stay its own. */
  async takeOver(keptId: string, otherId: string, tx: EntityManager): Promise<void> {
    await this.catalog.changing([keptId, otherId], tx, async () => {
      for (const table of ['track_artists', 'track_genres', 'lyrics']) {
        await this.db.query(`DELETE FROM ${table} WHERE track_id = $1`, [keptId], tx);
        await this.db.query(`UPDATE ${table} SET track_id = $1 WHERE track_id = $2`, [keptId, otherId], tx);
      }
      // A list in which the new copy stands already keeps it there.
      await this.db.query(
        'UPDATE playlist_entries SET track_id = $1 WHERE track_id = $2',
        [keptId, otherId],
        tx,
      );
      await this.keepWhatListenersDid(keptId, otherId, tx);
      const names = CARRIED.join(', ');
      await this.db.query(
        `UPDATE tracks SET available = true, (${names}) = (SELECT ${names} FROM tracks AS other WHERE other.id = $2)
         WHERE id = $1`,
        [keptId, otherId],
        tx,
      );
      await this.db.query('DELETE FROM tracks WHERE id = $1', [otherId], tx);
    });
  }

  /** What was played, liked, shared or queued as a copy stays when the copy takes its original's place. */
  private async keepWhatListenersDid(keptId: string, otherId: string, tx: EntityManager): Promise<void> {
    for (const table of ['plays', 'shares'])
      await this.db.query(`UPDATE ${table} SET track_id = $1 WHERE track_id = $2`, [keptId, otherId], tx);
    await this.db.query(
      `UPDATE opinions SET track_id = $1 WHERE track_id = $2 AND NOT EXISTS (
         SELECT FROM opinions AS kept WHERE kept.track_id = $1 AND kept.user_id = opinions.user_id)`,
      [keptId, otherId],
      tx,
    );
    // No queue that was saved before there was the copy holds it: those long lists need not be looked at.
    await this.db.query(
      `UPDATE saved_queues SET track_ids = array_replace(track_ids, $2::uuid, $1::uuid)
       WHERE updated_at >= (SELECT added_at FROM tracks WHERE id = $2) AND $2::uuid = ANY(track_ids)`,
      [keptId, otherId],
      tx,
    );
  }
}
