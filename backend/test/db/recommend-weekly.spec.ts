import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../src/common/id.js';
import { PlayRepository } from '../../src/plays/play.repository.js';
import { Models } from '../../src/recommend/models.js';
import { WeeklyMaker } from '../../src/recommend/weekly-maker.js';
import type { Weekly } from '../../src/recommend/weekly.dto.js';
import { eventually } from '../support/client.js';
import { addPlainTracks, addPlainUser } from '../support/plain-tracks.js';
import { playRow } from '../support/play-rows.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { openRecommendRoom, type RecommendRoom } from '../support/recommend-room.js';
import { addTasteClusters, type TasteClusters } from '../support/taste-clusters.js';

const LISTENERS = 24;
const ids = ({ items }: Weekly): string[] => items.map(({ track }) => track.id);

describe('Discover Weekly', () => {
  let test: TestDatabase;
  let room: RecommendRoom;
  let house: TasteClusters;
  let next = 0;
  /** One of the house whose list nobody asked for yet. */
  let mia: string;

  beforeAll(async () => {
    test = await testDatabase();
    room = await openRecommendRoom(test.db, test.url);
    house = await addTasteClusters(test.db, { listeners: LISTENERS, clusters: 3, tracks: 240 });
    expect(await room.train()).toMatchObject({ state: 'promoted' });
  });
  afterAll(async () => {
    await room.close();
    await test.close();
  });
  beforeEach(() => {
    mia = house.userIds[next++] ?? '';
  });

  const heard = async (userId: string): Promise<ReadonlySet<string>> => {
    const sql = 'SELECT track_id AS id FROM listener_track_counts WHERE user_id = $1';
    return new Set((await test.db.query<{ id: string }>(sql, [userId])).map(({ id }) => id));
  };
  const listFor = (userId: string): Promise<Weekly> => room.weekly.get(userId, undefined, null);
  const own = (userId: string): ReadonlySet<string> =>
    new Set(house.clusters[house.userIds.indexOf(userId) % 3] ?? []);

  it('gives thirty tracks that were never heard, mostly of one’s own music, each with a reason that is true', async () => {
    const list = await listFor(mia);
    expect(list.items).toHaveLength(30);
    expect(list.model).toMatch(/^m\d+$/);
    expect(list.path).not.toBe('popularity');
    const known = await heard(mia);
    const mine = own(mia);
    expect(ids(list).filter((id) => known.has(id))).toEqual([]);
    expect(ids(list).filter((id) => mine.has(id)).length).toBeGreaterThanOrEqual(21);
    for (const { reason, novelty, movement } of list.items) {
      expect(novelty).toBeGreaterThanOrEqual(Math.floor(((movement - 1) * 100) / 3));
      expect(reason.trackIds.filter((id) => !known.has(id))).toEqual([]);
      expect(reason.text).not.toBe('');
    }
    expect(list.items.some(({ reason }) => reason.kind === 'because')).toBe(true);
    expect(list.items.filter(({ isExploration }) => isExploration).length).toBeLessThanOrEqual(3);
    const movements = list.items.map(({ movement }) => movement);
    expect(movements).toEqual([...movements].sort());
  });

  it('stays as it is for the week, and holds no artist more than the rule allows', async () => {
    const list = await listFor(mia);
    expect(await listFor(mia)).toEqual(list);
    const counts = new Map<string, number>();
    for (const { track } of list.items)
      for (const { id } of track.artists) counts.set(id, (counts.get(id) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
  });

  it('takes back a reason with its cause, and names what is left of it', async () => {
    const list = await listFor(mia);
    const entry = list.items.find(({ reason }) => reason.kind === 'because' && reason.trackIds.length > 1);
    const [first = ''] = entry?.reason.trackIds ?? [];
    const again = async () =>
      (await listFor(mia)).items.find(({ track }) => track.id === entry?.track.id)?.reason;
    await test.db.query('DELETE FROM plays WHERE user_id = $1 AND track_id = $2', [mia, first]);
    const less = await again();
    expect(less?.trackIds).toEqual(entry?.reason.trackIds.slice(1));
    expect(less?.text).not.toBe(entry?.reason.text);
    await test.db.query('DELETE FROM plays WHERE user_id = $1', [mia]);
    expect(await again()).toMatchObject({ kind: 'none', text: '', trackIds: [] });
  });

  it('has nothing of what is blocked, liked or shut away, and nothing of what the last lists had', async () => {
    const hidden = await addPlainTracks(test.db, 40);
    const visible = [house.libraryId];
    const mine = [...own(mia)];
    const known = await heard(mia);
    const open = mine.filter((id) => !known.has(id));
    const [blocked = '', liked = '', ofBlocked = ''] = [open[0], open[8], open[16]];
    const like = 'INSERT INTO opinions (id, user_id, track_id, liked_at) VALUES ($1, $2, $3, now())';
    await test.db.query(like, [newId(), mia, liked]);
    await test.db.query('INSERT INTO taste_blocks (id, user_id, track_id) VALUES ($1, $2, $3)', [
      newId(),
      mia,
      blocked,
    ]);
    await test.db.query(
      `INSERT INTO taste_blocks (id, user_id, artist_id)
       SELECT $1, $2, artist_id FROM track_artists WHERE track_id = $3`,
      [newId(), mia, ofBlocked],
    );
    const list = await room.weekly.get(mia, undefined, visible);
    const given = new Set(ids(list));
    for (const id of [blocked, liked, ofBlocked, ...hidden.trackIds]) expect(given.has(id)).toBe(false);
    await test.db.query(`UPDATE weekly_lists SET week = week - 7 WHERE user_id = $1`, [mia]);
    const after = await room.weekly.get(mia, undefined, visible);
    expect(ids(after).filter((id) => given.has(id))).toEqual([]);
    expect(after.weeks).toHaveLength(2);
    expect(ids(await room.weekly.get(mia, after.weeks[1], visible))).toEqual(ids(list));
    // Of what one may not see any more nothing is shown, and nothing is named.
    expect((await room.weekly.get(mia, undefined, [])).items).toEqual([]);
    await expect(room.weekly.get(mia, '2020-01-06', null)).rejects.toThrow('No list is kept');
  });

  it('goes further from home, or less far, as the listener wants it', async () => {
    await room.taste.change(mia, { adventure: 2 });
    const far = await listFor(mia);
    await test.db.query('DELETE FROM weekly_lists WHERE user_id = $1', [mia]);
    await room.taste.change(mia, { adventure: -2 });
    const near = await listFor(mia);
    const mean = ({ items }: Weekly): number =>
      items.reduce((sum, { novelty }) => sum + novelty, 0) / items.length;
    expect(mean(far)).toBeGreaterThan(mean(near));
  });

  it('is made by the queue for everybody who has none, and for nobody twice', async () => {
    await room.weights.refresh();
    await room.weeklyJob.askForMissing(new Date());
    const missing = async () =>
      (
        await test.db
          .query(`SELECT FROM users WHERE EXISTS (SELECT FROM listener_weights WHERE user_id = users.id)
         AND NOT EXISTS (SELECT FROM weekly_lists WHERE user_id = users.id)`)
      ).length;
    await eventually(missing, (count) => count === 0);
    const made = 'SELECT max(made_at) AS at FROM weekly_lists';
    const before = await test.db.first(made);
    await room.weeklyJob.run(mia);
    expect(await test.db.first(made)).toEqual(before);
  });

  it('begins for somebody new with what others play, and at once with their own when they have any', async () => {
    const newcomer = await addPlainUser(test.db);
    const first = await listFor(newcomer);
    expect(first).toMatchObject({ path: 'start', model: null });
    expect(first.items).toHaveLength(30);
    expect(first.items[0]?.reason.kind).toBe('popular');
    const tracks = (house.clusters[1] ?? []).slice(0, 12);
    const rows = tracks.map((trackId) => playRow({ userId: newcomer, trackId, startedAt: new Date() }));
    await test.db.transaction((tx) => new PlayRepository(test.db).add(rows, tx));
    await room.weights.refreshOf(newcomer);
    const second = await listFor(newcomer);
    expect(second.path).not.toBe('start');
    const cluster = new Set(house.clusters[1]);
    expect(ids(second).filter((id) => cluster.has(id)).length).toBeGreaterThanOrEqual(18);
  });

  it('is there without a model, and while the model is broken, and says which way was taken', async () => {
    const current = (await room.store.currentVersion()) ?? '';
    await writeFile(join(room.folder, current, 'manifest.json'), '{');
    await test.db.query('DELETE FROM weekly_lists WHERE user_id = $1', [mia]);
    const models = new Models(room.store);
    const maker = new WeeklyMaker(test.db, models, room.candidates, room.lists);
    expect(await maker.make(mia, '2026-11-23', null)).toMatchObject({ path: 'history', model: null });
    expect(await room.weekly.get(mia, '2026-11-23', null)).toMatchObject({ path: 'history', model: null });
    expect((await room.weekly.get(mia, '2026-11-23', null)).items).toHaveLength(30);
  });

  it('is empty, and no error, where there is no music', async () => {
    expect((await room.weekly.get(await addPlainUser(test.db), undefined, [])).items).toEqual([]);
  });
});
