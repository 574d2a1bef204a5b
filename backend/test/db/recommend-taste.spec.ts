import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AlbumReads } from '../../src/catalog/album-reads.js';
import { ArtistReads } from '../../src/catalog/artist-reads.js';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { newId } from '../../src/common/id.js';
import { Database } from '../../src/database/database.js';
import { PlayRepository } from '../../src/plays/play.repository.js';
import { TasteBlocks } from '../../src/recommend/taste-blocks.js';
import { TasteExclusions } from '../../src/recommend/taste-exclusions.js';
import { TasteService } from '../../src/recommend/taste.service.js';
import { Weights } from '../../src/recommend/weights.js';
import { addPlainTracks, addPlainUser } from '../support/plain-tracks.js';
import { playRow } from '../support/play-rows.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('how a listener steers', () => {
  let test: TestDatabase;
  let db: Database;
  let weights: Weights;
  let libraryId: string;
  let trackIds: readonly string[];
  let userId: string;

  beforeAll(async () => {
    test = await testDatabase();
    ({ db } = test);
    weights = new Weights(db);
    ({ trackIds, libraryId } = await addPlainTracks(db, 4));
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    userId = await addPlainUser(db);
  });

  const cared = async (): Promise<string[]> =>
    (
      await db.query<{ id: string }>(
        'SELECT track_id AS id FROM listener_weights WHERE user_id = $1 AND gain > 0 ORDER BY track_id',
        [userId],
      )
    ).map(({ id }) => id);
  const hear = async (
    trackId = '',
    startedAt = new Date('2026-06-01T20:00:00Z'),
    listId: string | null = null,
  ) => {
    const source = listId === null ? null : 'playlist';
    await db.transaction((tx) =>
      new PlayRepository(db).add([playRow({ userId, trackId, startedAt, source, sourceId: listId })], tx),
    );
    await weights.refresh();
  };

  it('has said nothing until they say something, and what they leave out stays', async () => {
    const taste = new TasteService(db, weights);
    expect(await taste.get(userId)).toEqual({ adventure: 0, timeZone: 'UTC', beganAt: null });
    await taste.change(userId, { adventure: 2 });
    expect(await taste.change(userId, { timeZone: 'Asia/Tokyo' })).toMatchObject({
      adventure: 2,
      timeZone: 'Asia/Tokyo',
    });
  });

  it('begins anew at once', async () => {
    await hear(trackIds[0]);
    expect(await cared()).toEqual([trackIds[0]]);
    const { beganAt } = await new TasteService(db, weights).beginAnew(userId);
    expect(beganAt).not.toBeNull();
    expect(await cared()).toEqual([]);
  });

  it('leaves out a playlist and an evening, and takes both back', async () => {
    const exclusions = new TasteExclusions(db, weights);
    const listId = newId();
    await db.query(`INSERT INTO playlists (id, owner_id, title, sort_key) VALUES ($1, $2, 'Kids', 'kids')`, [
      listId,
      userId,
    ]);
    await hear(trackIds[0], undefined, listId);
    await hear(trackIds[1], new Date('2026-06-02T20:30:00Z'));
    await hear(trackIds[2], new Date('2026-06-03T20:30:00Z'));
    const list = await exclusions.add(userId, { playlistId: listId });
    expect(list.title).toBe('Kids');
    expect(await exclusions.add(userId, { playlistId: listId })).toEqual(list);
    const evening = await exclusions.add(userId, {
      from: '2026-06-02T20:00:00Z',
      to: '2026-06-02T23:00:00Z',
    });
    expect(await cared()).toEqual([trackIds[2]]);
    expect((await exclusions.list(userId, { limit: 10 })).items.map(({ id }) => id)).toEqual([
      evening.id,
      list.id,
    ]);
    await exclusions.remove(userId, list.id);
    await exclusions.remove(userId, evening.id);
    expect(await cared()).toEqual([...trackIds.slice(0, 3)].sort());
    await expect(exclusions.remove(userId, evening.id)).rejects.toThrow('Nothing is excluded');
  });

  it('does not leave out a playlist that they cannot see', async () => {
    const listId = newId();
    const owner = await addPlainUser(db);
    await db.query(`INSERT INTO playlists (id, owner_id, title, sort_key) VALUES ($1, $2, 'Own', 'own')`, [
      listId,
      owner,
    ]);
    await expect(new TasteExclusions(db, weights).add(userId, { playlistId: listId })).rejects.toThrow(
      'There is no such playlist.',
    );
  });

  it('blocks a track and an artist they see, each once, and shows nothing of what they see no more', async () => {
    const tracks = new TrackReads(db);
    const blocks = new TasteBlocks(db, tracks, new ArtistReads(db, new AlbumReads(db, tracks), tracks));
    const [row] = await db.query<{ id: string }>(
      'SELECT artist_id AS id FROM track_artists WHERE track_id = $1',
      [trackIds[0]],
    );
    const track = await blocks.add(userId, { kind: 'track', id: trackIds[0] ?? '' }, [libraryId]);
    const artist = await blocks.add(userId, { kind: 'artist', id: row?.id ?? '' }, [libraryId]);
    expect(await blocks.add(userId, { kind: 'artist', id: row?.id ?? '' }, [libraryId])).toEqual(artist);
    const { items } = await blocks.list(userId, { limit: 10 }, [libraryId]);
    expect(items).toEqual([artist, track]);
    const hidden = await blocks.list(userId, { limit: 1 }, []);
    expect(hidden.items).toEqual([{ ...artist, item: null }]);
    expect((await blocks.list(userId, { limit: 1, cursor: hidden.nextCursor ?? '' }, null)).items).toEqual([
      track,
    ]);
    await expect(blocks.add(userId, { kind: 'track', id: trackIds[1] ?? '' }, [])).rejects.toThrow(
      'There is no such track.',
    );
    await blocks.remove(userId, track.id);
    await expect(blocks.remove(userId, track.id)).rejects.toThrow('Nothing is blocked');
  });
});
