import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/id.js';
import { addPlainTracks, addPlainUser } from '../support/plain-tracks.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { openRecommendRoom, type RecommendRoom } from '../support/recommend-room.js';
import { addTasteClusters, type TasteClusters } from '../support/taste-clusters.js';

describe('a radio', () => {
  let test: TestDatabase;
  let room: RecommendRoom;
  let house: TasteClusters;
  let mia: string;

  beforeAll(async () => {
    test = await testDatabase();
    room = await openRecommendRoom(test.db, test.url);
    house = await addTasteClusters(test.db, { listeners: 24, clusters: 3, tracks: 80 });
    await room.train();
    mia = await addPlainUser(test.db);
  });
  afterAll(async () => {
    await room.close();
    await test.close();
  });

  const cluster = (at: number): readonly string[] => house.clusters[at] ?? [];
  const share = (ids: readonly string[], at: number): number =>
    ids.filter((id) => cluster(at).includes(id)).length / Math.max(1, ids.length);
  const next = async (
    seed: string | null,
    heard: readonly string[] = [],
    skipped: readonly string[] = [],
  ): Promise<string[]> => {
    const body = { seed: seed === null ? null : ({ kind: 'track', id: seed } as const), limit: 20 };
    const { items } = await room.radio.radio(
      mia,
      { ...body, heard: [...heard], skipped: [...skipped] },
      null,
    );
    return items.map(({ id }) => id);
  };

  it('goes on with the music that it began with, for somebody whom no model ever saw', async () => {
    const [seed = ''] = cluster(0);
    const ids = await next(seed);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
    expect(ids).not.toContain(seed);
    expect(share(ids, 0)).toBeGreaterThanOrEqual(0.9);
  });

  it('repeats nothing of what was heard, and goes on from the end of a queue by itself', async () => {
    const heard: string[] = [...cluster(1).slice(0, 3)];
    for (let round = 0; round < 3; round++) {
      const ids = await next(null, heard);
      expect(ids.filter((id) => heard.includes(id))).toEqual([]);
      expect(share(ids, 1)).toBeGreaterThan(0.6);
      heard.push(...ids);
    }
  });

  it('turns away from what is skipped', async () => {
    const mixed = [...cluster(0).slice(0, 4), ...cluster(2).slice(0, 4)];
    const both = await next(null, mixed);
    const turned = await next(null, mixed, cluster(2).slice(0, 4));
    expect(share(turned, 2)).toBeLessThan(Math.max(0.11, share(both, 2)));
    expect(share(turned, 0)).toBeGreaterThan(0.8);
  });

  it('plays nothing that is blocked, or that lies where the listener does not see', async () => {
    const [seed = ''] = cluster(0);
    const [blocked = ''] = await next(seed);
    await test.db.query('INSERT INTO taste_blocks (id, user_id, track_id) VALUES ($1, $2, $3)', [
      newId(),
      mia,
      blocked,
    ]);
    expect(await next(seed)).not.toContain(blocked);
    const attic = await addPlainTracks(test.db, 4);
    const id = attic.trackIds[0] ?? '';
    const body = { seed: { kind: 'track', id } as const, heard: [], skipped: [], limit: 20 };
    await expect(room.radio.radio(mia, body, [house.libraryId])).rejects.toThrow('There is no such track.');
    const { items } = await room.radio.similar(mia, { kind: 'track', id: seed }, 20, [
      attic.libraryId,
      house.libraryId,
    ]);
    expect(items.some((track) => attic.trackIds.includes(track.id))).toBe(false);
  });

  it('knows what is similar, the same every time, and goes by tags where no model knows the music', async () => {
    const seed = { kind: 'track', id: cluster(2)[5] ?? '' } as const;
    const one = await room.radio.similar(mia, seed, 20, null);
    expect(await room.radio.similar(mia, seed, 20, null)).toEqual(one);
    expect(
      share(
        one.items.map(({ id }) => id),
        2,
      ),
    ).toBe(1);
    const fresh = await addPlainTracks(test.db, 4);
    const unknown = await room.radio.similar(mia, { kind: 'track', id: fresh.trackIds[0] ?? '' }, 3, null);
    expect(unknown).toMatchObject({ model: null, path: 'content' });
    expect(unknown.items.every(({ id }) => fresh.trackIds.includes(id))).toBe(true);
  });
});
