import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import type { CandidateSource } from './candidate.js';
import { RECORDING, unblocked, unheard } from './eligible.js';
import type { CaredFor, Profile } from './profile.js';

/** A track that may be recommended, as the catalogue tells it. */
export interface Found {
  readonly trackId: string;
  readonly source: CandidateSource;
  readonly artistIds: readonly string[];
  readonly genreIds: readonly string[];
  readonly listeners: number;
  readonly isFresh: boolean;
  readonly isFollowed: boolean;
  readonly recording: string;
  readonly bpm: number | null;
  readonly energy: number | null;
}

/** What must not come: for a list all that was ever heard, for a radio what it played lately. */
export type LeftOut = 'heard' | readonly string[];

/** Whose music is looked for, and where. */
export interface Wanted {
  readonly userId: string;
  readonly profile: Profile;
  /** Of the model, best first. */
  readonly preferred: readonly string[];
  readonly leftOut: LeftOut;
  readonly seed: string;
}

const PERFORMERS = `ARRAY(SELECT artist_id FROM track_artists WHERE track_id = tracks.id AND role = 'performer' ORDER BY position)`;
const GENRES = 'ARRAY(SELECT genre_id FROM track_genres WHERE track_id = tracks.id ORDER BY position)';
const LISTENERS = 'coalesce((SELECT listeners FROM track_counts WHERE track_id = tracks.id), 0)';

const MOST = { model: 1000, source: 300, artists: 200, genres: 20 } as const;
const FRESH_DAYS = 30;

const strongest = (mix: ReadonlyMap<string, number>, count: number): string[] =>
  [...mix]
    .sort((a, b) => b[1] - a[1])
    .slice(0, count)
    .map(([id]) => id);

/** What somebody cares for, and what there is for them. */
@Injectable()
export class Candidates {
  constructor(private readonly db: Database) {}

  caredFor(userId: string): Promise<CaredFor[]> {
    return this.db.query<CaredFor>(
      `SELECT tracks.id AS "trackId", gain, coalesce(plays, 0) > 0 AS "isPlayed", ${PERFORMERS} AS "artistIds",
         ${GENRES} AS "genreIds", ${LISTENERS} AS listeners
       FROM listener_weights JOIN tracks ON tracks.id = track_id
         LEFT JOIN listener_track_counts AS own USING (user_id, track_id)
       WHERE user_id = $1 AND gain > 0 ORDER BY tracks.id`,
      [userId],
    );
  }

  /** These tracks, each as if somebody cared for it by so much. */
  async weighed(gains: ReadonlyMap<string, number>, visible: Visible): Promise<CaredFor[]> {
    const params = new SqlParams();
    const rows = await this.db.query<Omit<CaredFor, 'gain'>>(
      `SELECT tracks.id AS "trackId", false AS "isPlayed", ${PERFORMERS} AS "artistIds", ${GENRES} AS "genreIds",
         ${LISTENERS} AS listeners
       FROM tracks WHERE tracks.id = ANY(${params.add([...gains.keys()])}::uuid[])
         AND ${seenBy(visible, params.add).track} ORDER BY tracks.id`,
      params.values,
    );
    return rows.map((row) => ({ ...row, gain: gains.get(row.trackId) ?? 1 }));
  }

  /** Of several sources, each track by the first that has it. */
  async find({ userId, profile, preferred, leftOut, seed }: Wanted, visible: Visible): Promise<Found[]> {
    const params = new SqlParams();
    const { add } = params;
    const user = `${add(userId)}::uuid`;
    const seen = seenBy(visible, add);
    const open =
      leftOut === 'heard'
        ? unheard(user)
        : `${unblocked(user)} AND tracks.id <> ALL(${add(leftOut)}::uuid[])`;
    const may = `tracks.available AND ${seen.track} AND ${open}`;
    const shuffled = `md5(tracks.id::text || ${add(seed)})`;
    const sources: Readonly<Record<CandidateSource, string>> = {
      model: `SELECT tracks.id FROM unnest(${add(preferred)}::uuid[]) WITH ORDINALITY AS wanted (id, at)
        JOIN tracks ON tracks.id = wanted.id WHERE ${may} ORDER BY at LIMIT ${MOST.model}`,
      artist: `SELECT tracks.id FROM tracks WHERE ${may} AND tracks.id IN (SELECT track_id FROM track_artists
          WHERE role = 'performer' AND artist_id = ANY(${add(strongest(profile.artists, MOST.artists))}::uuid[]))
        ORDER BY ${shuffled} LIMIT ${MOST.source}`,
      followed: `SELECT tracks.id FROM tracks WHERE ${may} AND tracks.id IN (SELECT track_artists.track_id FROM track_artists
          JOIN opinions USING (artist_id) WHERE opinions.user_id = ${user} AND followed_at IS NOT NULL)
        ORDER BY added_at DESC, tracks.id LIMIT ${MOST.source}`,
      genre: `SELECT tracks.id FROM tracks WHERE ${may} AND tracks.id IN (SELECT track_id FROM track_genres
          WHERE genre_id = ANY(${add(strongest(profile.genres, MOST.genres))}::uuid[]))
        ORDER BY ${shuffled} LIMIT ${MOST.source}`,
      popular: `SELECT tracks.id FROM tracks JOIN track_counts ON track_counts.track_id = tracks.id
        WHERE listeners > 0 AND ${may} ORDER BY listeners DESC, tracks.id LIMIT ${MOST.source}`,
      fresh: `SELECT tracks.id FROM tracks WHERE ${may} ORDER BY added_at DESC, tracks.id DESC LIMIT ${MOST.source}`,
    };
    const found = Object.entries(sources).map(
      ([source, sql], rank) => `(SELECT id, '${source}' AS source, ${rank} AS rank FROM (${sql}) AS source)`,
    );
    return this.db.query<Found>(
      `WITH found AS MATERIALIZED (SELECT DISTINCT ON (id) id, source FROM (${found.join(' UNION ALL ')}) AS every
         ORDER BY id, rank)
       SELECT tracks.id AS "trackId", found.source, ${PERFORMERS} AS "artistIds", ${GENRES} AS "genreIds",
         ${LISTENERS} AS listeners, tracks.added_at > now() - interval '${FRESH_DAYS} days' AS "isFresh",
         EXISTS (SELECT FROM track_artists JOIN opinions USING (artist_id) WHERE track_artists.track_id = tracks.id
           AND opinions.user_id = ${user} AND followed_at IS NOT NULL) AS "isFollowed",
         ${RECORDING} AS recording, coalesce(tracks.bpm, track_sound.bpm) AS bpm, track_sound.energy
       FROM found JOIN tracks USING (id) LEFT JOIN track_sound ON track_sound.track_id = tracks.id
       ORDER BY tracks.id`,
      params.values,
    );
  }
}
