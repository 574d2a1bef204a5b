import { Injectable } from '@nestjs/common';
import { loudnessOfAlbums } from '../catalog/album-loudness.js';
import { isDatabaseUnavailable } from '../common/problem.js';
import { RecentMap } from '../common/recent-map.js';
import { Database } from '../database/database.js';
import { gainDb } from './gain.js';

/** What an album's levels add up to is read anew after this: its tracks come and go one by one. */
const KEPT_MS = 10 * 60_000;
const REMEMBERED = 2000;

interface Kept {
  readonly gainDb: number | null;
  readonly until: number;
}

/** By how much all tracks of an album are turned up or down, so that they keep their loudness to each other. */
@Injectable()
export class AlbumGains {
  private readonly known = new RecentMap<Kept>();

  constructor(private readonly db: Database) {}

  /** By track; without those whose album was not measured whole, and empty while the database is away. */
  async of(trackIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    try {
      const tracks = await this.db.query<{ id: string; albumId: string }>(
        'SELECT id, album_id AS "albumId" FROM tracks WHERE id = ANY($1::uuid[])',
        [trackIds],
      );
      await this.learn([...new Set(tracks.map(({ albumId }) => albumId))]);
      return new Map(
        tracks.flatMap(({ id, albumId }) => {
          const gain = this.known.get(albumId)?.gainDb ?? null;
          return gain === null ? [] : [[id, gain]];
        }),
      );
    } catch (error) {
      if (isDatabaseUnavailable(error)) return new Map();
      throw error;
    }
  }

  private async learn(albumIds: readonly string[]): Promise<void> {
    const now = performance.now();
    const unknown = albumIds.filter((id) => (this.known.get(id)?.until ?? 0) <= now);
    if (unknown.length === 0) return;
    const until = now + KEPT_MS;
    for (const [id, loudness] of await loudnessOfAlbums(this.db, unknown))
      this.known.set(id, {
        gainDb: loudness && gainDb(loudness.integratedLufs, loudness.truePeakDbtp),
        until,
      });
    while (this.known.size > REMEMBERED) this.known.evict();
  }
}
