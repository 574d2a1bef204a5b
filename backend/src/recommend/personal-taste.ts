import type { PersonalPart } from '../users/personal-part.js';

export const PERSONAL_TASTE: readonly PersonalPart[] = [
  {
    name: 'taste',
    tells: ['taste_settings.user_id'],
    columns: `adventure, time_zone AS "timeZone", taste_from AS "beganAt", updated_at AS "updatedAt"`,
    from: 'taste_settings',
    where: 'user_id = $1',
    key: 'user_id',
  },
  {
    name: 'tasteBlocks',
    tells: ['taste_blocks.user_id'],
    columns: `CASE WHEN track_id IS NULL THEN 'artist' ELSE 'track' END AS kind,
      coalesce(track_id, artist_id) AS id, coalesce(tracks.title, artists.name) AS name, blocked_at AS "blockedAt"`,
    from: `taste_blocks LEFT JOIN tracks ON tracks.id = track_id LEFT JOIN artists ON artists.id = artist_id`,
    where: 'taste_blocks.user_id = $1',
    key: 'taste_blocks.id',
  },
  {
    name: 'tasteExclusions',
    tells: ['taste_exclusions.user_id'],
    columns: `playlist_id AS "playlistId", from_at AS "from", to_at AS "to", excluded_at AS "excludedAt"`,
    from: 'taste_exclusions',
    where: 'user_id = $1',
    key: 'id',
  },
  {
    name: 'trackWeights',
    tells: ['listener_weights.user_id'],
    columns: `track_id AS "trackId", gain`,
    from: 'listener_weights',
    where: 'user_id = $1',
    key: 'track_id',
  },
  {
    name: 'weeklyLists',
    tells: ['weekly_lists.user_id'],
    columns: `week, model_version AS "modelVersion", path, made_at AS "madeAt"`,
    from: 'weekly_lists',
    where: 'user_id = $1',
    key: 'id',
  },
  {
    name: 'weeklyTracks',
    tells: ['weekly_tracks.*'],
    columns: `week, weekly_tracks.position, weekly_tracks.track_id AS "trackId", tracks.title, novelty, movement, source,
      score, propensity, reason`,
    from: 'weekly_tracks JOIN weekly_lists ON weekly_lists.id = list_id JOIN tracks ON tracks.id = track_id',
    where: 'weekly_lists.user_id = $1',
    key: 'weekly_tracks.id',
  },
  // Those whose weight is to be summed anew, for some seconds.
  {
    name: 'openTrackWeights',
    tells: ['weight_notes.user_id'],
    columns: `track_id AS "trackId"`,
    from: 'weight_notes',
    where: 'user_id = $1',
    key: 'id',
  },
];
