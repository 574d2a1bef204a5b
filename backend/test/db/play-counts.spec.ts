import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/id.js';
import { findWrongCounts, recountTrack } from '../../src/plays/counts.js';
import { PlayRepository, type PlayRow } from '../../src/plays/play.repository.js';
import { OUTCOMES } from '../../src/plays/play-rules.js';
import { makeCatalog } from '../support/catalog.js';
import { addPlainTracks, addPlainUser } from '../support/plain-tracks.js';
import { playRow } from '../support/play-rows.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('the counters of plays', () => {
  let database: TestDatabase;
  let plays: PlayRepository;
  let libraryId: string;
  let trackIds: readonly string[];
  let users: readonly string[];

  beforeAll(async () => {
    database = await testDatabase();
    plays = new PlayRepository(database.db);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.query('DELETE FROM libraries');
    await database.db.query('DELETE FROM users');
    ({ libraryId, trackIds } = await addPlainTracks(database.db, 12));
    users = [
      await addPlainUser(database.db),
      await addPlainUser(database.db),
      await addPlainUser(database.db),
    ];
  });

  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(Math.random() * list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const event = (over: Partial<PlayRow> = {}): PlayRow =>
    playRow({
      userId: pick(users),
      trackId: pick(trackIds),
      startedAt: new Date(Date.now() - Math.floor(Math.random() * 1e10)),
      playedMs: Math.floor(Math.random() * 200_000),
      outcome: pick(OUTCOMES),
      ...over,
    });
  const add = (rows: readonly PlayRow[]) => database.db.transaction((tx) => plays.add(rows, tx));
  const wrong = () => findWrongCounts(database.db);
  const total = async (): Promise<unknown> =>
    database.db.first(
      `SELECT count(*)::int AS events, (SELECT sum(plays)::int FROM track_counts) AS plays,
         count(*) FILTER (WHERE outcome = 'play')::int AS counted FROM plays`,
    );

  it('are their recount after many clients sent overlapping batches at once, some taken back meanwhile', async () => {
    const all = Array.from({ length: 600 }, () => event());
    const batch = (): PlayRow[] => all.filter(() => Math.random() < 0.3);
    const forget = (): Promise<unknown> =>
      database.db.query('DELETE FROM plays WHERE id = ANY($1::uuid[])', [batch().map(({ id }) => id)]);
    await Promise.all(
      Array.from({ length: 24 }, (_, at) => (at % 6 === 5 ? forget() : add(batch().reverse()))),
    );
    expect(await wrong()).toEqual([]);
    await add(all);
    expect(await wrong()).toEqual([]);
    const plain = all.filter(({ outcome }) => outcome === 'play').length;
    expect(await total()).toEqual({ events: 600, plays: plain, counted: plain });
  });

  it('follow when an event goes to another track, when a track goes, and when a listener goes', async () => {
    await add(Array.from({ length: 300 }, () => event()));
    const [first = '', second = ''] = trackIds;
    await database.db.query('UPDATE plays SET track_id = $1 WHERE track_id = $2', [first, second]);
    expect(await wrong()).toEqual([]);
    await database.db.query('DELETE FROM tracks WHERE id = $1', [first]);
    expect(await wrong()).toEqual([]);
    await database.db.query('DELETE FROM users WHERE id = $1', [users[0]]);
    expect(await wrong()).toEqual([]);
    const left = await database.db.first<{ listeners: number }>(
      'SELECT max(listeners)::int AS listeners FROM track_counts',
    );
    expect(left?.listeners).toBe(2);
    await database.db.query('DELETE FROM libraries WHERE id = $1', [libraryId]);
    expect(await database.db.query('SELECT FROM track_counts')).toEqual([]);
  });

  it('follow when a file is found at another place, where its copy was played and liked already', async () => {
    const [kept = '', copy = ''] = trackIds;
    const [mia = '', leo = ''] = users;
    await add([event({ trackId: copy, userId: mia }), event({ trackId: kept, userId: mia })]);
    for (const [userId, trackId, rating] of [
      [mia, kept, 5],
      [mia, copy, 1],
      [leo, copy, 4],
    ] as const)
      await database.db.query(
        'INSERT INTO opinions (id, user_id, track_id, rating) VALUES ($1, $2, $3, $4)',
        [newId(), userId, trackId, rating],
      );
    await database.db.transaction((tx) => makeCatalog(database.db).tracks.takeOver(kept, copy, tx));
    expect(await wrong()).toEqual([]);
    const [counts] = await database.db.query('SELECT track_id AS id, events FROM listener_track_counts');
    expect(counts).toEqual({ id: kept, events: 2 });
    const ratings = await database.db.query<{ rating: number }>(
      'SELECT rating FROM opinions ORDER BY rating',
    );
    expect(ratings.map(({ rating }) => rating)).toEqual([4, 5]);
  });

  it('say when a track was played last, also after that play was taken back', async () => {
    const [trackId = ''] = trackIds;
    const [userId = ''] = users;
    const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
    const rows = [3, 5, 4].map((day) => event({ trackId, userId, startedAt: at(day), outcome: 'play' }));
    await add(rows);
    const last = async (): Promise<unknown> =>
      (await database.db.first<{ at: Date }>('SELECT last_played_at AS at FROM listener_track_counts'))?.at;
    expect(await last()).toEqual(at(5));
    await database.db.query('DELETE FROM plays WHERE id = $1', [rows[1]?.id]);
    expect(await last()).toEqual(at(4));
  });

  it('are found where they are wrong, and counted anew', async () => {
    await add(Array.from({ length: 100 }, () => event()));
    const [first = '', second = '', third = ''] = trackIds;
    await database.db.query('UPDATE track_counts SET plays = plays + 1 WHERE track_id = $1', [first]);
    await database.db.query('DELETE FROM listener_track_counts WHERE track_id = $1', [second]);
    await database.db.query(
      'UPDATE listener_track_counts SET played_ms = played_ms + 1 WHERE track_id = $1',
      [third],
    );
    const found = new Set((await wrong()).map(({ trackId }) => trackId));
    expect(found).toEqual(new Set([first, second, third]));
    for (const trackId of found) await recountTrack(database.db, trackId);
    expect(await wrong()).toEqual([]);
  });
});
