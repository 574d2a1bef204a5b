import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { reasonText, type Reason } from './reason.js';
import type { WeeklyReason } from './weekly.dto.js';

interface Explained {
  readonly trackId: string;
  readonly reason: Reason;
}

interface Named {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
}

/** Reasons in words, as far as they are still true: a track that was taken out of a history explains nothing any more. */
@Injectable()
export class ReasonReads {
  constructor(private readonly db: Database) {}

  /** By the track that each is of. */
  async of(
    userId: string,
    explained: readonly Explained[],
    visible: Visible,
  ): Promise<ReadonlyMap<string, WeeklyReason>> {
    const causes = await this.causes(userId, explained, visible);
    const abouts = await this.abouts(explained.flatMap(({ reason }) => reason.aboutId ?? []));
    const listeners = await this.listeners(explained.map(({ trackId }) => trackId));
    return new Map(
      explained.map(({ trackId, reason }) => [
        trackId,
        this.told(
          reason,
          causes,
          reason.aboutId === undefined ? null : (abouts.get(reason.aboutId) ?? null),
          listeners.get(trackId) ?? 0,
        ),
      ]),
    );
  }

  private told(
    { kind: was, parts }: Reason,
    causes: ReadonlyMap<string, Named>,
    about: string | null,
    listeners: number,
  ): WeeklyReason {
    const tracks = parts.flatMap(({ trackId, share }) => {
      const cause = causes.get(trackId);
      return cause === undefined ? [] : [{ ...cause, share }];
    });
    const isGone =
      (parts.length > 0 && tracks.length === 0) ||
      (was === 'popular' && listeners === 0) ||
      (was === 'fresh' && listeners > 0) ||
      (was === 'followed' && about === null);
    const kind = isGone ? 'none' : was;
    const text = reasonText(kind, { tracks, about, listeners });
    return {
      kind,
      text,
      trackIds: tracks.map(({ id }) => id),
      tracks,
      about: isGone ? null : about,
      listeners,
    };
  }

  /** Of the tracks that reasons rest on those that the listener played, and still sees. */
  private async causes(
    userId: string,
    explained: readonly Explained[],
    visible: Visible,
  ): Promise<ReadonlyMap<string, Named>> {
    const ids = explained.flatMap(({ reason }) => reason.parts.map(({ trackId }) => trackId));
    const params = new SqlParams();
    const rows = await this.db.query<Named>(
      `SELECT tracks.id, tracks.title, coalesce((SELECT artists.name FROM track_artists JOIN artists ON artists.id = artist_id
           WHERE track_id = tracks.id AND role = 'performer' ORDER BY position LIMIT 1), '') AS artist
       FROM tracks JOIN listener_track_counts AS own ON own.track_id = tracks.id AND own.plays > 0
       WHERE own.user_id = ${params.add(userId)} AND tracks.id = ANY(${params.add(ids)}::uuid[])
         AND ${seenBy(visible, params.add).track}`,
      params.values,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async abouts(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.db.query<{ id: string; name: string }>(
      `SELECT id, name FROM artists WHERE id = ANY($1::uuid[]) UNION ALL SELECT id, name FROM genres WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  private async listeners(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.db.query<{ id: string; listeners: number }>(
      'SELECT track_id AS id, listeners FROM track_counts WHERE track_id = ANY($1::uuid[])',
      [ids],
    );
    return new Map(rows.map(({ id, listeners }) => [id, listeners]));
  }
}
