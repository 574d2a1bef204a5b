import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { fold, sortKey } from '../catalog/names.js';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { withinTime } from '../database/time-limit.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { depthOf, endsOf, MOST_NAMES } from './listed-paths.js';
import type { ListedTrack } from './playlist-file.js';
import { isSameName, samePath, sameRecording, sameTags, type Candidate } from './track-likeness.js';

/** Of tracks that agree so many are looked at. */
const MOST_ALIKE = 20;
const LONGEST_MS = 20_000;

interface Wanted {
  readonly at: number;
  readonly track: ListedTrack;
}
type Alike = Candidate & { readonly key: string };
type Chosen = (wanted: ListedTrack) => Candidate | null;

/** Tracks that a list names: by MusicBrainz's id, then by path, then by tags, and each way in one question for all. */
@Injectable()
export class TrackFinder {
  constructor(private readonly db: Database) {}

  /** @returns an id for each, in their order, or null. @throws DomainError IMPORT_TOO_SLOW */
  async find(tracks: readonly ListedTrack[], visible: Visible): Promise<readonly (string | null)[]> {
    const found: (string | null)[] = tracks.map(() => null);
    const ways = [this.byRecording, this.byPath, this.byTags];
    const search = async (tx: EntityManager): Promise<void> => {
      for (const way of ways) {
        const open = tracks.map((track, at) => ({ at, track })).filter(({ at }) => found[at] === null);
        if (open.length === 0) return;
        const choose = await way(open, visible, tx);
        for (const { at, track } of open) found[at] = choose(track)?.id ?? null;
      }
    };
    await withinTime(this.db, LONGEST_MS, search, tooSlow);
    return found;
  }

  private readonly byRecording = async (
    open: readonly Wanted[],
    visible: Visible,
    tx: EntityManager,
  ): Promise<Chosen> => {
    const ids = [...new Set(open.flatMap(({ track }) => track.recordingId ?? []))];
    const params = new SqlParams();
    const wanted = params.add(ids);
    const found = await this.alike(
      `SELECT tracks.id, tracks.musicbrainz_id::text AS key FROM tracks
       WHERE tracks.musicbrainz_id = ANY(${wanted}::uuid[])`,
      params,
      visible,
      tx,
    );
    return (track) => sameRecording(track, found.get(track.recordingId ?? '') ?? []);
  };

  /** Paths are read once, for their last name; only those that have it are taken apart. */
  private readonly byPath = async (
    open: readonly Wanted[],
    visible: Visible,
    tx: EntityManager,
  ): Promise<Chosen> => {
    const ends = [...new Set(open.flatMap(({ track }) => (track.path === null ? [] : endsOf(track.path))))];
    const params = new SqlParams();
    const found = await this.alike(
      `WITH wanted AS MATERIALIZED (
         SELECT said, lower(normalize(said)) AS path FROM unnest(${params.add(ends)}::text[]) AS said),
       near AS MATERIALIZED (
         SELECT files.id, string_to_array(lower(normalize(files.display_path)), '/') AS names FROM files
         WHERE lower(normalize(substring(files.display_path FROM '[^/]*$'))) IN (
           SELECT path FROM wanted WHERE position('/' IN path) = 0))
       SELECT tracks.id, wanted.said AS key FROM near
       CROSS JOIN generate_series(1, least(${MOST_NAMES}, cardinality(near.names))) AS depth
       JOIN wanted ON wanted.path = array_to_string(near.names[cardinality(near.names) - depth + 1 :], '/')
       JOIN tracks ON tracks.file_id = near.id WHERE true`,
      params,
      visible,
      tx,
    );
    return (track) => {
      const longest = (track.path === null ? [] : endsOf(track.path)).find((end) => found.has(end));
      return longest === undefined ? null : samePath(track, found.get(longest) ?? [], depthOf(longest));
    };
  };

  /** By the keys that names are sorted by, which have an index, and then by the names themselves. */
  private readonly byTags = async (
    open: readonly Wanted[],
    visible: Visible,
    tx: EntityManager,
  ): Promise<Chosen> => {
    const told = new Map(
      open.flatMap(({ track: { title, artist } }) =>
        title === null || artist === null ? [] : [[tagKey(title, artist), { title, artist }] as const],
      ),
    );
    const params = new SqlParams();
    const column = (of: (said: { title: string; artist: string }) => string): string =>
      `${params.add([...told.values()].map(of))}::text[]`;
    const found = await this.alike(
      `WITH wanted AS MATERIALIZED (
         SELECT * FROM unnest(${params.add([...told.keys()])}::text[], ${column(({ title }) => sortKey(title))},
           ${column(({ artist }) => sortKey(artist))}, ${column(({ artist }) => fold(artist))},
           ${column(({ title }) => title)}) AS said (key, title_key, artist_sort, artist_key, title)),
       heard AS MATERIALIZED (
         SELECT DISTINCT artists.name_key, tracks.id, tracks.sort_key, lower(tracks.title) AS title
         FROM (SELECT DISTINCT artist_key FROM wanted) AS asked JOIN artists ON artists.name_key = asked.artist_key
         JOIN track_artists AS part ON part.artist_id = artists.id AND part.role = 'performer'
         JOIN tracks ON tracks.id = part.track_id AND tracks.available)
       SELECT tracks.id, both_keys.key FROM (
         SELECT tracks.id, wanted.key FROM wanted CROSS JOIN libraries
         JOIN tracks ON tracks.library_id = libraries.id AND tracks.artist_sort_key = wanted.artist_sort
           AND tracks.sort_key = wanted.title_key AND tracks.available
         UNION SELECT heard.id, wanted.key FROM wanted JOIN heard ON heard.name_key = wanted.artist_key
           AND heard.sort_key = wanted.title_key
         UNION SELECT heard.id, wanted.key FROM wanted JOIN heard ON heard.name_key = wanted.artist_key
           AND heard.title = lower(wanted.title)) AS both_keys
       JOIN tracks ON tracks.id = both_keys.id WHERE true`,
      params,
      visible,
      tx,
    );
    return (track) => {
      const tracks = found.get(tagKey(track.title ?? '', track.artist ?? '')) ?? [];
      return sameTags(
        track,
        tracks.filter(({ title }) => isSameName(track.title, title)),
      );
    };
  };

  /** Runs `sql`, which ends in a condition over `tracks`, and tells of what it finds by its key. */
  private async alike(
    sql: string,
    params: SqlParams,
    visible: Visible,
    tx: EntityManager,
  ): Promise<ReadonlyMap<string, readonly Candidate[]>> {
    const seen = seenBy(visible, params.add);
    const rows = await this.db.query<Alike>(
      `SELECT ranked.key, tracks.id, tracks.title, albums.title AS album,
         tracks.duration_ms::float8 AS "durationMs"
       FROM (SELECT key, id, row_number() OVER (PARTITION BY key ORDER BY id) AS rank FROM (
         ${sql} AND tracks.available AND ${seen.track}) AS agreeing) AS ranked
       JOIN tracks ON tracks.id = ranked.id JOIN albums ON albums.id = tracks.album_id
       WHERE ranked.rank <= ${MOST_ALIKE} ORDER BY ranked.key, ranked.id`,
      params.values,
      tx,
    );
    const found = new Map<string, Candidate[]>();
    for (const row of rows) {
      const others = found.get(row.key);
      if (others === undefined) found.set(row.key, [row]);
      else others.push(row);
    }
    return found;
  }
}

const tooSlow = (cause: unknown): DomainError =>
  new DomainError('IMPORT_TOO_SLOW', 'This takes too long at the moment. Try a shorter list.', { cause });

const tagKey = (title: string, artist: string): string => `${fold(title)}\n${fold(artist)}`;
