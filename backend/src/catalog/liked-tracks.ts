import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { PRIORITY } from '../jobs/job-map.js';

/** Of the tracks `t`: those that somebody likes, by themselves, by their album or by one of their artists. */
const LIKED = `EXISTS (SELECT FROM opinions o WHERE o.track_id = t.id AND o.liked_at IS NOT NULL)
  OR EXISTS (SELECT FROM opinions o WHERE o.album_id = t.album_id AND o.liked_at IS NOT NULL)
  OR EXISTS (SELECT FROM opinions o JOIN track_artists a ON a.artist_id = o.artist_id
              WHERE a.track_id = t.id AND (o.liked_at IS NOT NULL OR o.followed_at IS NOT NULL))`;

/** How soon a new track is encoded ahead: what somebody likes comes before the other new ones. */
export const priorityOfNew = async (db: Database, trackId: string, tx: EntityManager): Promise<number> => {
  const row = await db.first<{ liked: boolean }>(
    `SELECT ${LIKED} AS liked FROM tracks t WHERE t.id = $1`,
    [trackId],
    tx,
  );
  return row?.liked === true ? PRIORITY.liked : PRIORITY.idle;
};

const TRACKS_OF = {
  track: 'SELECT id FROM tracks WHERE id = $1',
  album: 'SELECT id FROM tracks WHERE album_id = $1',
  artist: 'SELECT DISTINCT track_id AS id FROM track_artists WHERE artist_id = $1',
} as const;

/** The tracks that a like of the thing stands for. */
export const tracksOfLiked = async (
  db: Database,
  kind: keyof typeof TRACKS_OF,
  id: string,
): Promise<string[]> => (await db.query<{ id: string }>(TRACKS_OF[kind], [id])).map((row) => row.id);
