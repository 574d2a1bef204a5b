import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { newId } from '../../src/common/id.js';
import { QueueService } from '../../src/queue/queue.service.js';
import { queueBodySchema, type QueueSaved } from '../../src/queue/queue.dto.js';
import { makeCatalog } from '../support/catalog.js';
import { addLibrary, addTracks } from '../support/listed-tracks.js';
import { addUser } from '../support/playlists.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('the saved queue', () => {
  let test: TestDatabase;
  let queue: QueueService;
  let hall: string;
  let tracks: readonly string[];
  let secret: string;

  beforeAll(async () => {
    test = await testDatabase();
    queue = new QueueService(test.db, new TrackReads(test.db));
    hall = await addLibrary(test.db, 'hall');
    const song = (at: number) => ({ path: `${at}.flac`, tags: { title: `Song ${at}` } });
    tracks = await addTracks(
      test.db,
      hall,
      Array.from({ length: 5 }, (_, at) => song(at)),
    );
    [secret = ''] = await addTracks(test.db, await addLibrary(test.db, 'attic'), [song(0)]);
  });
  afterAll(() => test.close());

  const save = (userId: string, body: object): Promise<QueueSaved> =>
    queue.save(userId, queueBodySchema.parse(body), [hall]);

  it('is where the other device left it: list, order of play, place, repeat', async () => {
    const mia = await addUser(test.db, 'mia');
    expect(await queue.get(mia)).toMatchObject({ revision: 0, trackIds: [], index: null });
    const body = {
      trackIds: [...tracks, tracks[0]],
      shuffleOrder: [5, 0, 1, 2, 4, 3],
      index: 2,
      positionMs: 61_000,
      repeat: 'all',
      source: { kind: 'album', id: newId(), name: 'An album' },
    };
    expect(await save(mia, { revision: 0, ...body, device: 'Kitchen' })).toMatchObject({ revision: 1 });
    expect(await queue.move(mia, { revision: 1, index: 3, positionMs: 5 })).toMatchObject({ revision: 2 });
    expect(await queue.get(mia)).toMatchObject({ ...body, index: 3, positionMs: 5, device: 'Kitchen' });
    const first = await queue.page(mia, { limit: 4, cursor: undefined }, [hall]);
    const rest = await queue.page(mia, { limit: 4, cursor: first.nextCursor ?? '' }, [hall]);
    expect([...first.items, ...rest.items].map(({ place, track }) => [place, track?.id])).toEqual(
      body.trackIds.map((id, place) => [place, id]),
    );
    expect(rest.nextCursor).toBeNull();
  });

  it('tells a device that knows an older one what stands there, and keeps it', async () => {
    const leo = await addUser(test.db, 'leo');
    await save(leo, { revision: 0, trackIds: tracks, index: 0 });
    await queue.move(leo, { revision: 1, positionMs: 9 });
    const late = { code: 'QUEUE_CHANGED', current: { revision: 2, positionMs: 9, trackIds: tracks } };
    await expect(save(leo, { revision: 0, trackIds: [], index: null })).rejects.toMatchObject(late);
    await expect(save(leo, { revision: 1, trackIds: [], index: null })).rejects.toMatchObject(late);
    await expect(queue.move(leo, { revision: 1, positionMs: 0 })).rejects.toMatchObject(late);
    await expect(queue.move(leo, { revision: 2, index: 5 })).rejects.toMatchObject({ field: 'index' });
    const at = (positionMs: number) => queue.move(leo, { revision: 2, positionMs });
    const race = await Promise.allSettled([at(1), at(2), at(3)]);
    expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await save(leo, { revision: 3, trackIds: [], index: null });
    expect(await queue.get(leo)).toMatchObject({ revision: 4, trackIds: [], index: null });
  });

  it('holds ten thousand, of which a change of the place writes nothing', async () => {
    const kim = await addUser(test.db, 'kim');
    const trackIds = Array.from({ length: 10_000 }, (_, at) => tracks[at % tracks.length] ?? '');
    await save(kim, { revision: 0, trackIds, shuffleOrder: [...trackIds.keys()].toReversed(), index: 0 });
    const pieces = async (): Promise<unknown> => {
      const [{ toast = '' } = {}] = await test.db.query<{ toast: string }>(
        `SELECT reltoastrelid::regclass::text AS toast FROM pg_class WHERE oid = 'saved_queues'::regclass`,
      );
      return test.db.query(
        `SELECT DISTINCT chunk_id::text AS id, xmin::text AS writer FROM ${toast} ORDER BY 1, 2`,
      );
    };
    const before = await pieces();
    expect(before).not.toEqual([]);
    for (let revision = 1; revision < 9; revision++)
      await queue.move(kim, { revision, positionMs: revision });
    expect(await pieces()).toEqual(before);
    expect((await queue.get(kim)).trackIds).toEqual(trackIds);
  });

  it('holds the track that was kept, once a copy that it held has become that track again', async () => {
    const ida = await addUser(test.db, 'ida');
    const [kept = '', copy = ''] = await addTracks(
      test.db,
      hall,
      ['old', 'new'].map((name) => ({ path: `${name}.flac`, tags: { title: 'Moved' } })),
    );
    const [first = ''] = tracks;
    const body = { shuffleOrder: [2, 0, 1], index: 1, positionMs: 7 };
    await save(ida, { revision: 0, trackIds: [copy, first, copy], ...body });
    await test.db.transaction((tx) => makeCatalog(test.db).tracks.takeOver(kept, copy, tx));
    const trackIds = [kept, first, kept];
    expect(await queue.get(ida)).toMatchObject({ revision: 1, trackIds, ...body });
    expect(await queue.move(ida, { revision: 1, index: 2 })).toMatchObject({ revision: 2 });
    expect(await save(ida, { revision: 2, trackIds, index: 0 })).toMatchObject({ revision: 3 });
  });

  it('takes no track that its listener may not see, and nothing that is no queue', async () => {
    const ben = await addUser(test.db, 'ben');
    for (const id of [secret, newId()])
      await expect(save(ben, { revision: 0, trackIds: [id], index: 0 })).rejects.toMatchObject({
        code: 'TRACK_NOT_FOUND',
      });
    const wrong = [
      { trackIds: tracks, index: null },
      { trackIds: tracks, index: 5 },
      { trackIds: [], index: 0 },
      { trackIds: tracks, index: 0, shuffleOrder: [0, 1, 2, 3, 3] },
      { trackIds: tracks, index: 0, shuffleOrder: [0, 1, 2, 3] },
      { trackIds: tracks, index: 0, repeat: 'twice' },
      { trackIds: tracks, index: 0, positionMs: -1 },
      { trackIds: tracks, index: 0, device: 'a\u0000b' },
      { trackIds: ["' OR 1=1"], index: 0 },
    ];
    for (const body of wrong) expect(queueBodySchema.safeParse({ revision: 0, ...body }).success).toBe(false);
    expect(await queue.get(ben)).toMatchObject({ revision: 0 });
  });
});
