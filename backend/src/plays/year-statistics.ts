import { Injectable } from '@nestjs/common';
import { AlbumReads } from '../catalog/album-reads.js';
import { ArtistReads } from '../catalog/artist-reads.js';
import { TrackReads } from '../catalog/track-reads.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { PERFORMERS } from './heard-sql.js';
import type { YearStatistics } from './statistics.dto.js';

interface Top {
  readonly id: string;
  readonly plays: number;
  readonly playedMs: number;
}

type Row = Omit<YearStatistics, 'year' | 'timeZone' | 'topTracks' | 'topAlbums' | 'topArtists'> & {
  readonly topTracks: readonly Top[];
  readonly topAlbums: readonly Top[];
  readonly topArtists: readonly Top[];
};

const TOP = 20;
const SUMS = `count(*) FILTER (WHERE outcome = 'play')::int AS plays, coalesce(sum(played_ms), 0)::float8 AS "playedMs"`;

/** The most played of a kind, as JSON: whatever is named is a column of rows `id, outcome, played_ms`. */
const top = (rows: string): string => `
  (SELECT coalesce(json_agg(t ORDER BY t.plays DESC, t."playedMs" DESC, t.id), '[]') FROM (
     SELECT part.id, ${SUMS} FROM (${rows}) AS part GROUP BY part.id
     HAVING count(*) FILTER (WHERE outcome = 'play') > 0
     ORDER BY 2 DESC, 3 DESC, 1 LIMIT ${TOP}) AS t)`;

/** Every month or hour, also those without sound. */
const each = (part: 'month' | 'hour', from: number, to: number): string => `
  (SELECT json_agg(t ORDER BY t.${part}) FROM (
     SELECT n AS ${part}, ${SUMS} FROM generate_series(${from}, ${to}) AS n
     LEFT JOIN heard ON extract(${part} FROM heard.at) = n GROUP BY n) AS t)`;

/** A year of somebody's listening, of what they still see. */
@Injectable()
export class YearStatisticsReads {
  constructor(
    private readonly db: Database,
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
    private readonly artists: ArtistReads,
  ) {}

  async of(userId: string, year: number, timeZone: string, visible: Visible): Promise<YearStatistics> {
    const row = await this.read(userId, year, timeZone, visible);
    const [tracks, albums, artists] = [
      await this.tracks.findByIds(idsOf(row.topTracks), visible),
      await this.albums.findByIds(idsOf(row.topAlbums), visible),
      await this.artists.findByIds(idsOf(row.topArtists), visible),
    ];
    return {
      ...row,
      year,
      timeZone,
      topTracks: named(row.topTracks, tracks),
      topAlbums: named(row.topAlbums, albums),
      topArtists: named(row.topArtists, artists),
    };
  }

  private async read(userId: string, year: number, timeZone: string, visible: Visible): Promise<Row> {
    const params = new SqlParams();
    const { add } = params;
    const [user, zone, from] = [add(userId), `${add(timeZone)}::text`, `${add(year)}::int`];
    const begin = (first: string): string => `make_timestamptz(${first}, 1, 1, 0, 0, 0, ${zone})`;
    const row = await this.db.first<Row>(
      `WITH heard AS MATERIALIZED (
         SELECT plays.track_id, plays.outcome, plays.played_ms, plays.started_at AT TIME ZONE ${zone} AS at,
           tracks.album_id, tracks.available
         FROM plays JOIN tracks ON tracks.id = plays.track_id
         WHERE plays.user_id = ${user} AND plays.started_at >= ${begin(from)} AND plays.started_at < ${begin(`${from} + 1`)}
           AND ${seenBy(visible, add).track})
       SELECT ${SUMS}, count(*) FILTER (WHERE outcome = 'skip')::int AS skips,
         count(DISTINCT track_id) FILTER (WHERE outcome = 'play')::int AS tracks,
         count(DISTINCT album_id) FILTER (WHERE outcome = 'play')::int AS albums,
         (SELECT count(DISTINCT credit.artist_id)::int FROM heard JOIN tracks ON tracks.id = heard.track_id ${PERFORMERS}
           WHERE heard.outcome = 'play') AS artists,
         (SELECT extract(year FROM min(started_at) AT TIME ZONE ${zone})::int FROM plays WHERE user_id = ${user})
           AS "firstYear",
         ${each('month', 1, 12)} AS months, ${each('hour', 0, 23)} AS hours,
         ${top('SELECT track_id AS id, outcome, played_ms FROM heard WHERE available')} AS "topTracks",
         ${top('SELECT album_id AS id, outcome, played_ms FROM heard WHERE available')} AS "topAlbums",
         ${top(`SELECT credit.artist_id AS id, heard.outcome, heard.played_ms FROM heard
           JOIN tracks ON tracks.id = heard.track_id ${PERFORMERS} WHERE heard.available`)} AS "topArtists",
         (SELECT coalesce(json_agg(json_build_object('plays', g.plays, 'playedMs', g."playedMs",
            'item', json_build_object('id', g.id, 'name', g.name)) ORDER BY g.plays DESC, g."playedMs" DESC, g.id), '[]')
          FROM (SELECT genres.id, genres.name, ${SUMS} FROM heard JOIN track_genres USING (track_id)
                  JOIN genres ON genres.id = genre_id WHERE heard.available GROUP BY genres.id
                 ORDER BY 3 DESC, 4 DESC, 1 LIMIT ${TOP}) AS g WHERE g.plays > 0) AS "topGenres"
       FROM heard`,
      params.values,
    );
    // An aggregate without groups always gives its row.
    if (row === undefined) throw new Error('a sum over no rows gave none');
    return row;
  }
}

const idsOf = (rows: readonly Top[]): string[] => rows.map(({ id }) => id);

const named = <Item extends { readonly id: string }>(
  rows: readonly Top[],
  items: readonly Item[],
): { plays: number; playedMs: number; item: Item }[] => {
  const byId = new Map(items.map((item) => [item.id, item]));
  return rows.flatMap(({ id, plays, playedMs }) => {
    const item = byId.get(id);
    return item === undefined ? [] : [{ plays, playedMs, item }];
  });
};
