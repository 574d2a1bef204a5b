import type { PersonalPart } from '../users/personal-part.js';

export const PERSONAL_PLAYS: readonly PersonalPart[] = [
  {
    name: 'plays',
    tells: ['plays.user_id'],
    columns: `plays.id, plays.track_id AS "trackId", tracks.title, tracks.artist_text AS artists,
      albums.title AS album, tracks.musicbrainz_id AS "musicBrainzId", tracks.isrc, started_at AS "startedAt",
      told_started_at AS "toldStartedAt", received_at AS "receivedAt", clock, played_ms AS "playedMs",
      plays.duration_ms::float8 AS "durationMs", outcome, source, source_id AS "sourceId", passive,
      model_version AS "modelVersion", plays.position, ended_by AS "endedBy"`,
    from: 'plays JOIN tracks ON tracks.id = plays.track_id JOIN albums ON albums.id = tracks.album_id',
    where: 'plays.user_id = $1',
    key: 'plays.id',
  },
  {
    name: 'playCounts',
    tells: ['listener_track_counts.user_id'],
    columns: `track_id AS "trackId", plays, skips, played_ms::float8 AS "playedMs",
      last_played_at AS "lastPlayedAt"`,
    from: 'listener_track_counts',
    where: 'user_id = $1',
    key: 'track_id',
  },
  {
    name: 'forgottenPlays',
    tells: ['forgotten_plays.user_id'],
    columns: 'play_id AS id',
    from: 'forgotten_plays',
    where: 'user_id = $1',
    key: 'play_id',
  },
];
