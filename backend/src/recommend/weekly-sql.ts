import { START_PATH } from './weekly-maker.js';

/** What is kept of the tracks of a list, as JSON gives it. */
export interface WeeklyOutline {
  readonly week: string;
  readonly tracks: readonly { readonly id: string; readonly novelty: number; readonly movement: 1 | 2 | 3 }[];
}

/**
 * A scalar of SQL: somebody's latest list as `WeeklyOutline`, null where there is none of this week or the one before.
 * One that was made while nothing was known of them says nothing of their taste.
 */
export const latestWeekly = (user: string): string => `(
  SELECT json_build_object(
    'week', to_char(week, 'YYYY-MM-DD'),
    'tracks', (SELECT coalesce(json_agg(json_build_object('id', track_id, 'novelty', novelty, 'movement', movement) ORDER BY position), '[]')
                 FROM weekly_tracks WHERE list_id = weekly_lists.id))
    FROM weekly_lists
   WHERE user_id = ${user} AND path <> '${START_PATH}' AND week > (now() - interval '9 days')::date
   ORDER BY week DESC LIMIT 1)`;
