import { Injectable } from '@nestjs/common';
import { AlbumReads } from '../catalog/album-reads.js';
import type { TrackSummary } from '../catalog/catalog.dto.js';
import { TrackReads } from '../catalog/track-reads.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Seen, type Visible } from '../libraries/seen.js';
import { forgottenFavourites, heardOf } from '../plays/heard-sql.js';
import { latestWeekly, type WeeklyOutline } from '../recommend/weekly-sql.js';
import { ALBUM_ROWS, TRACK_ROWS, type Home, type HomeRow, type HomeRowKind } from './home.dto.js';

const ROW_LENGTH = 20;
/** As far back as somebody goes on from. */
const LAST_EVENTS = 500;

/** SQL of the ids in each row, in their order. */
const ROWS: Readonly<Record<HomeRowKind, (user: string, seen: Seen) => string>> = {
  continue: (user, seen) => `
    SELECT tracks.album_id AS id FROM (
      SELECT track_id, started_at FROM plays WHERE user_id = ${user} AND outcome <> 'skip'
       ORDER BY started_at DESC, id DESC LIMIT ${LAST_EVENTS}) AS lately
      JOIN tracks ON tracks.id = lately.track_id WHERE tracks.available AND ${seen.track}
     GROUP BY tracks.album_id ORDER BY max(started_at) DESC, tracks.album_id`,
  recentlyAdded: (_, seen) =>
    `SELECT id FROM albums WHERE track_count > 0 AND ${seen.album} ORDER BY added_at DESC, id DESC`,
  mostPlayed: (user, seen) =>
    `SELECT id FROM (${heardOf('track', user, 'quarter', seen)}) AS most ORDER BY plays DESC, id`,
  forgottenFavourites: (user, seen) =>
    `SELECT id FROM (${forgottenFavourites(user, seen)}) AS forgotten ORDER BY plays DESC, id`,
  liked: (user, seen) => `
    SELECT track_id AS id FROM opinions JOIN tracks ON tracks.id = track_id
     WHERE user_id = ${user} AND track_id IS NOT NULL AND liked_at IS NOT NULL AND tracks.available AND ${seen.track}
     ORDER BY liked_at DESC, opinions.id DESC`,
  newTracks: (_, seen) =>
    `SELECT id FROM tracks WHERE available AND ${seen.track} ORDER BY added_at DESC, id DESC`,
};

interface Outlines extends Readonly<Record<HomeRowKind, string[]>> {
  readonly weekly: WeeklyOutline | null;
}

/** Asks once for the ids of all rows, once for their albums, once for their tracks: a page is as fast as that. */
@Injectable()
export class HomeService {
  constructor(
    private readonly db: Database,
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
  ) {}

  async of(userId: string, visible: Visible): Promise<Home> {
    const ids = await this.ids(userId, visible);
    const albums = byId(
      await this.albums.findByIds(unique(ALBUM_ROWS.flatMap((kind) => ids[kind])), visible),
    );
    const tracks = byId(
      await this.tracks.findByIds(
        unique([...TRACK_ROWS.flatMap((kind) => ids[kind]), ...weeklyIds(ids)]),
        visible,
      ),
    );
    const rows: HomeRow[] = [
      ...ALBUM_ROWS.map((kind): HomeRow => ({ kind, type: 'album', items: those(ids[kind], albums) })),
      ...TRACK_ROWS.map((kind): HomeRow => ({ kind, type: 'track', items: those(ids[kind], tracks) })),
    ];
    return { rows: rows.filter(({ items }) => items.length > 0), weekly: weeklyOf(ids.weekly, tracks) };
  }

  private async ids(userId: string, visible: Visible): Promise<Outlines> {
    const params = new SqlParams();
    const user = `${params.add(userId)}::uuid`;
    const seen = seenBy(visible, params.add);
    const columns = Object.entries(ROWS).map(
      ([kind, sql]) =>
        `coalesce((SELECT json_agg(id) FROM (${sql(user, seen)} LIMIT ${ROW_LENGTH}) AS row), '[]') AS "${kind}"`,
    );
    const row = await this.db.first<Outlines>(
      `SELECT ${columns.join(', ')}, ${latestWeekly(user)} AS weekly`,
      params.values,
    );
    // A SELECT without FROM always gives its row.
    if (row === undefined) throw new Error('a row of lists is missing');
    return row;
  }
}

const weeklyIds = ({ weekly }: Outlines): string[] => weekly?.tracks.map(({ id }) => id) ?? [];

/** What is gone, or not to be heard any more, is not in it. */
const weeklyOf = (
  outline: WeeklyOutline | null,
  tracks: ReadonlyMap<string, TrackSummary>,
): Home['weekly'] => {
  if (outline === null) return null;
  const items = outline.tracks.flatMap(({ id, novelty, movement }) => {
    const track = tracks.get(id);
    return track ? [{ track, novelty, movement }] : [];
  });
  return items.length > 0 ? { week: outline.week, items } : null;
};

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.id, item]));

const those = <Item>(ids: readonly string[], items: ReadonlyMap<string, Item>): Item[] =>
  ids.flatMap((id) => items.get(id) ?? []);
