import { RECOMMENDED_SOURCES, REFERENCE_DAY, SIGNALS } from './signals.js';

/** Pure: the SQL of weights, out of the table of signals. */

const { whole, part, skip, repeatedSkip, passiveShare, repeatExponent, halfLifeDays } = SIGNALS;

const RECOMMENDED = `coalesce(source IN (${RECOMMENDED_SOURCES.map((name) => `'${name}'`).join(', ')}), false)`;

const GAIN = `CASE
    WHEN outcome = 'skip' THEN CASE WHEN recommended AND nth_skip > 1 THEN ${repeatedSkip} ELSE ${skip} END
    WHEN played_ms >= ${whole.completion} * duration_ms THEN ${whole.gain}
    WHEN outcome = 'play' OR played_ms >= ${part.completion} * duration_ms THEN ${part.gain}
    ELSE 0 END * CASE WHEN passive THEN ${passiveShare} ELSE 1 END`;

const dayOf = (time: string): string => `(${time} AT TIME ZONE 'UTC')::date`;
const agedBy = (day: string): string =>
  `power(2::float8, (${day} - date '${REFERENCE_DAY}') / ${halfLifeDays}::float8)`;

/** Nothing before they began anew. */
const within = (time: string, before: string): string =>
  `(taste_from IS NULL OR ${time} >= taste_from) AND ${time} < ${before}`;

const NOT_EXCLUDED = `NOT EXISTS (SELECT FROM taste_exclusions AS gone WHERE gone.user_id = plays.user_id AND (
    (plays.source = 'playlist' AND gone.playlist_id::text = plays.source_id)
    OR (plays.started_at >= gone.from_at AND plays.started_at < gone.to_at)))`;

/**
 * Rows `user_id, track_id, gain` of the pairs that `pairs` gives, without those of which there is nothing.
 * `before` is a time: what came later is not there yet.
 */
export const gainsOf = (pairs: string, before = `'infinity'::timestamptz`): string => `
  WITH pair AS MATERIALIZED (
    SELECT named.user_id, named.track_id, taste_from FROM (${pairs}) AS named
      LEFT JOIN taste_settings USING (user_id)),
  heard AS (
    SELECT plays.user_id, plays.track_id, outcome, played_ms, duration_ms, passive, ${RECOMMENDED} AS recommended,
      ${dayOf('started_at')} AS day,
      row_number() OVER (PARTITION BY plays.user_id, plays.track_id, outcome = 'skip' AND ${RECOMMENDED}
        ORDER BY started_at, plays.id) AS nth_skip
    FROM pair JOIN plays USING (user_id, track_id)
    WHERE ${within('started_at', before)} AND ${NOT_EXCLUDED}),
  days AS (SELECT user_id, track_id, day, sum(${GAIN})::float8 AS gain FROM heard GROUP BY 1, 2, 3),
  part AS (
    SELECT user_id, track_id,
      sign(gain) * least(abs(gain), power(abs(gain), ${repeatExponent})) * ${agedBy('day')} AS gain FROM days
    UNION ALL
    SELECT user_id, track_id, ${SIGNALS.like} * ${agedBy(dayOf('liked_at'))} FROM pair JOIN opinions USING (user_id, track_id)
    WHERE ${within('liked_at', before)}
    UNION ALL
    SELECT pair.user_id, pair.track_id, ${SIGNALS.playlistAdd} * ${agedBy(dayOf('added_at'))}
    FROM pair JOIN playlist_entries AS entry ON entry.track_id = pair.track_id AND entry.added_by = pair.user_id
    WHERE ${within('added_at', before)} AND NOT EXISTS (SELECT FROM taste_exclusions AS gone
      WHERE gone.user_id = pair.user_id AND gone.playlist_id = entry.playlist_id))
  SELECT user_id, track_id, sum(gain) AS gain FROM part GROUP BY user_id, track_id`;

/** Every pair of which there could be something. */
export const ALL_PAIRS = `
  SELECT user_id, track_id FROM listener_track_counts
  UNION SELECT user_id, track_id FROM opinions WHERE track_id IS NOT NULL AND liked_at IS NOT NULL
  UNION SELECT added_by, track_id FROM playlist_entries WHERE added_by IS NOT NULL AND track_id IS NOT NULL`;
