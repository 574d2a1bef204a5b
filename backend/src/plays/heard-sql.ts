import type { Seen } from '../libraries/seen.js';

/** Pure: the SQL of what somebody heard, which lists, statistics and the home page put together. */

export const RANGES = { week: 7, month: 30, quarter: 91, year: 365, all: null } as const;
export type Range = keyof typeof RANGES;

export const HEARD_KINDS = ['track', 'album', 'artist'] as const;
export type HeardKind = (typeof HEARD_KINDS)[number];

/** Rows `track_id, plays, last_played_at` of a listener: kept for all time, counted for less. */
const heardTracks = (user: string, range: Range): string => {
  const days = RANGES[range];
  return days === null
    ? `SELECT track_id, plays, last_played_at FROM listener_track_counts WHERE user_id = ${user} AND plays > 0`
    : `SELECT track_id, count(*)::int AS plays, max(started_at) AS last_played_at FROM plays
        WHERE user_id = ${user} AND outcome = 'play' AND started_at >= now() - interval '${days} days'
        GROUP BY track_id`;
};

/** Rows `id, plays, last_played_at`, of what can be heard now. */
export const heardOf = (kind: HeardKind, user: string, range: Range, seen: Seen): string => {
  const from = `FROM (${heardTracks(user, range)}) AS heard JOIN tracks ON tracks.id = heard.track_id`;
  const where = `WHERE tracks.available AND ${seen.track}`;
  const sums = 'sum(heard.plays)::int AS plays, max(heard.last_played_at) AS last_played_at';
  switch (kind) {
    case 'track':
      return `SELECT tracks.id, heard.plays, heard.last_played_at ${from} ${where}`;
    case 'album':
      return `SELECT tracks.album_id AS id, ${sums} ${from} ${where} GROUP BY tracks.album_id`;
    case 'artist':
      return `SELECT credit.artist_id AS id, ${sums} ${from} ${PERFORMERS} ${where} GROUP BY credit.artist_id`;
  }
};

/** Once each, however often a track names them. */
export const PERFORMERS = `CROSS JOIN LATERAL (SELECT DISTINCT artist_id FROM track_artists
  WHERE track_id = tracks.id AND role = 'performer') AS credit`;

const FORGOTTEN_AFTER_DAYS = 90;
const FAVOURITE_FROM_PLAYS = 5;

/**
 * Rows `id, plays, last_played_at`: tracks that somebody likes, rates with four or more, or has played five times, more
 * often than they skipped them, and has not played for three months.
 */
export const forgottenFavourites = (user: string, seen: Seen): string => `
  SELECT tracks.id, counts.plays, counts.last_played_at FROM listener_track_counts AS counts
    JOIN tracks ON tracks.id = counts.track_id
   WHERE counts.user_id = ${user} AND counts.plays > 0 AND counts.plays > counts.skips
     AND counts.last_played_at < now() - interval '${FORGOTTEN_AFTER_DAYS} days'
     AND tracks.available AND ${seen.track}
     AND (counts.plays >= ${FAVOURITE_FROM_PLAYS} OR EXISTS (
       SELECT FROM opinions WHERE opinions.user_id = counts.user_id AND opinions.track_id = counts.track_id
         AND (opinions.liked_at IS NOT NULL OR opinions.rating >= 4)))`;
