import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { AlbumReads } from '../../src/catalog/album-reads.js';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { newId } from '../../src/common/id.js';
import { Database } from '../../src/database/database.js';
import { Notifier } from '../../src/database/notifier.js';
import { HomeService } from '../../src/home/home.service.js';
import { VisibleLibraries } from '../../src/libraries/visible-libraries.js';
import { PlayRepository } from '../../src/plays/play.repository.js';
import { Revocations } from '../../src/users/revocations.js';
import { addPlainTracks, addPlainUser } from '../support/plain-tracks.js';
import { playRow } from '../support/play-rows.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { device, makeUsers } from '../support/users.js';

const DAY = 86_400_000;

/** Counts the ways to the database and back. */
class CountingDatabase extends Database {
  trips = 0;

  override query<Row>(sql: string, params?: readonly unknown[], tx?: EntityManager): Promise<Row[]> {
    this.trips++;
    return super.query<Row>(sql, params, tx);
  }
}

describe('the home page', () => {
  let database: TestDatabase;
  let db: CountingDatabase;
  let home: HomeService;
  let trackIds: readonly string[];
  let atticId: string;

  beforeAll(async () => {
    database = await testDatabase();
    db = new CountingDatabase(database.db.source);
    const tracks = new TrackReads(db);
    home = new HomeService(db, tracks, new AlbumReads(db, tracks));
    ({ trackIds } = await addPlainTracks(db, 12));
    const attic = await addPlainTracks(db, 1);
    atticId = attic.trackIds[0] ?? '';
    await db.query('UPDATE libraries SET open_role = NULL WHERE id = $1', [attic.libraryId]);
  });
  afterAll(() => database.close());

  const listener = async (plays: readonly (readonly [trackId: string | undefined, daysAgo: number])[]) => {
    const userId = await addPlainUser(db);
    const rows = plays.map(([trackId = '', days]) =>
      playRow({ userId, trackId, startedAt: new Date(Date.now() - days * DAY) }),
    );
    if (rows.length > 0) await db.transaction((tx) => new PlayRepository(db).add(rows, tx));
    return userId;
  };
  const like = (userId: string, trackId: string | undefined): Promise<unknown> =>
    db.query('INSERT INTO opinions (id, user_id, track_id, liked_at) VALUES ($1, $2, $3, now())', [
      newId(),
      userId,
      trackId,
    ]);
  const rowsFor = async (userId: string): Promise<Record<string, readonly string[]>> => {
    const visible = await new VisibleLibraries(db).of({ userId, role: 'listener' });
    const { rows } = await home.of(userId, visible);
    return Object.fromEntries(rows.map(({ kind, items }) => [kind, items.map(({ id }) => id)]));
  };

  it('shows whoever has heard nothing what is new, and no empty row', async () => {
    const rows = await rowsFor(await listener([]));
    expect(Object.keys(rows)).toEqual(['recentlyAdded', 'newTracks']);
    expect(rows['recentlyAdded']).toHaveLength(3);
    expect(rows['newTracks']).toEqual([...trackIds].reverse());
  });

  it('shows each row that has something, in its order, and nothing of a folder that is closed', async () => {
    const old = Array.from({ length: 6 }, (_, at) => [trackIds[8], 100 + at] as const);
    const userId = await listener([
      [trackIds[0], 3],
      [trackIds[4], 2],
      [trackIds[4], 1],
      [atticId, 1],
      ...old,
    ]);
    await like(userId, trackIds[2]);
    await like(userId, trackIds[1]);
    await like(userId, atticId);
    const rows = await rowsFor(userId);
    expect(rows['mostPlayed']).toEqual([trackIds[4], trackIds[0]]);
    expect(rows['forgottenFavourites']).toEqual([trackIds[8]]);
    expect(rows['liked']).toEqual([trackIds[1], trackIds[2]]);
    expect(rows['continue']).toHaveLength(3);
    const [last] = await db.query<{ id: string }>('SELECT album_id AS id FROM tracks WHERE id = $1', [
      trackIds[4],
    ]);
    expect(rows['continue']?.[0]).toBe(last?.id);
    expect(rows['recentlyAdded']).toHaveLength(3);
  });

  it('outlines the latest list of the week, without what is in a folder that is closed', async () => {
    const userId = await listener([]);
    const visible = await new VisibleLibraries(db).of({ userId, role: 'listener' });
    const listOf = async (path: string, daysAgo: number): Promise<void> => {
      const listId = newId();
      await db.query(
        `INSERT INTO weekly_lists (id, user_id, week, path) VALUES ($1, $2, (now() - make_interval(days => $3))::date, $4)`,
        [listId, userId, daysAgo, path],
      );
      const ids = [trackIds[5], atticId, trackIds[1]];
      for (const [position, trackId] of ids.entries())
        await db.query(
          `INSERT INTO weekly_tracks (id, list_id, position, track_id, novelty, movement, source, score, reason)
           VALUES ($1, $2, $3, $4, $5, 2, 'genre', 1, '{"kind":"fresh","parts":[]}')`,
          [newId(), listId, position, trackId, 40 + position],
        );
    };
    await listOf('history', 30);
    await listOf('start', 1);
    expect((await home.of(userId, visible)).weekly).toBeNull();
    await listOf('history', 3);
    const { weekly } = await home.of(userId, visible);
    expect(weekly?.items.map(({ track, novelty, movement }) => [track.id, novelty, movement])).toEqual([
      [trackIds[5], 40, 2],
      [trackIds[1], 42, 2],
    ]);
  });

  it('takes at most five ways to the database, whose session it is and what they see included', async () => {
    const userId = await listener([[trackIds[0], 1]]);
    await like(userId, trackIds[0]);
    const notifier = new Notifier(db);
    const { sessions, credentials } = makeUsers(db, new Revocations(db, notifier));
    const token = await sessions.open(userId, device());
    db.trips = 0;
    const user = await credentials.find('session', token);
    expect(user?.userId).toBe(userId);
    expect(Object.keys(await rowsFor(userId))).toEqual([
      'continue',
      'recentlyAdded',
      'mostPlayed',
      'liked',
      'newTracks',
    ]);
    expect(db.trips).toBeLessThanOrEqual(5);
    expect(db.trips).toBeGreaterThan(2);
    await notifier.onModuleDestroy();
  });
});
