import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { utimes } from 'node:fs/promises';
import { artworkKey } from '../../src/catalog/artwork-keys.js';
import { ArtworkSweep } from '../../src/catalog/artwork-sweep.js';
import { newId } from '../../src/common/id.js';
import { LADDER } from '../../src/media/ladder.js';
import { RenditionSweep } from '../../src/transcode/rendition-sweep.js';
import { HoldingStore, type TestEncoders } from '../support/encoders.js';
import { EncodingRoom } from '../support/encoding-room.js';

const going = new AbortController().signal;

const all = async (names: AsyncIterable<string>): Promise<string[]> => {
  const found: string[] = [];
  for await (const name of names) found.push(name);
  return found;
};

describe('what belongs to nobody in the store', () => {
  let room: EncodingRoom;
  let encoders: TestEncoders;
  let renditions: RenditionSweep;

  beforeAll(async () => {
    room = await EncodingRoom.open();
  });
  afterAll(() => room.close());
  beforeEach(() => {
    encoders = room.encoders();
    renditions = new RenditionSweep(room.database.db, encoders.store);
  });
  afterEach(() => encoders.close());

  const age = async (path: string): Promise<void> => {
    const at = Date.now() / 1000 - 2 * 3600;
    await utimes(path, at, at);
  };
  const keysBelow = async (prefix: string): Promise<readonly string[]> =>
    (await all(encoders.store.list(prefix))).sort();
  const drafts = (): Promise<string[]> => all(encoders.store.drafts(0));
  const ageAll = async (prefix: string): Promise<void> => {
    for (const key of await keysBelow(prefix)) await age(encoders.store.localPath(key));
  };

  it('goes when its rendition was deleted an hour ago, and nothing else does', async () => {
    const [kept, deleted] = [await room.newTrack(), await room.newTrack()];
    for (const id of [kept, deleted]) await encoders.ladder('smart').encodeTrack(id, going);
    await encoders.store.put('renditions/stray', Buffer.from('x'));
    await room.database.db.query('DELETE FROM renditions WHERE track_id = $1', [deleted]);
    expect(await renditions.sweep(going)).toBe(0);
    expect(await keysBelow('renditions/')).toHaveLength(5);
    await ageAll('renditions/');
    await encoders.ladder('smart').encodeTrack(deleted, going);
    expect(await renditions.sweep(going)).toBe(3);
    const named = await room.database.db.query<{ key: string }>(
      'SELECT storage_key AS key FROM renditions WHERE track_id = ANY($1::uuid[]) ORDER BY 1',
      [[kept, deleted]],
    );
    expect(await keysBelow('renditions/')).toEqual(named.map(({ key }) => key).sort());
  });

  it('is not looked for in a track that is being encoded', async () => {
    const trackId = await room.newTrack();
    const [aac96] = LADDER;
    await encoders.renditions.queue(await encoders.sources.get(trackId), [aac96]);
    const [claimed] = await encoders.leases.claimOfTrack(trackId, 'aac');
    const key = `renditions/${trackId.slice(-2)}/${trackId}/aac-96.${claimed?.id}.1.mp4`;
    await encoders.store.put(key, Buffer.from('named a moment before its row'));
    await ageAll('renditions/');
    expect(await renditions.sweep(going)).toBe(0);
    await room.database.db.query('DELETE FROM renditions WHERE track_id = $1', [trackId]);
    expect(await renditions.sweep(going)).toBe(1);
    expect(await keysBelow('renditions/')).toEqual([]);
  });

  it('goes as a draft of a killed process, but not while a worker holds its lease', async () => {
    const left = await encoders.store.createDraft();
    await age(left.path);
    const trackId = await room.newTrack();
    const held: { store?: HoldingStore } = {};
    const slow = room.encoders(() => (held.store = new HoldingStore(encoders.folder, 0)));
    const work = slow.ladder('smart').encodeTrack(trackId, going);
    const named = async (): Promise<string | undefined> =>
      (await encoders.renditions.findOfTracks([trackId])).find((each) => each.draftPath !== null)
        ?.draftPath ?? undefined;
    while ((await named()) === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    const growing = (await named()) ?? '';
    await age(growing);
    expect(await renditions.sweep(going)).toBe(1);
    expect(await drafts()).toContain(growing);
    expect(await drafts()).not.toContain(left.path);
    held.store?.release();
    await work;
    expect((await encoders.renditions.findOfTracks([trackId])).map((each) => each.state)).toEqual([
      'ready',
      'ready',
    ]);
    await slow.close();
    await left.discard();
  });

  it('goes as a picture without a row', async () => {
    const [kept, left, young] = [newId(), newId(), newId()];
    const sweep = new ArtworkSweep(room.database.db, encoders.store);
    await room.database.db.query(
      `INSERT INTO artworks (id, source_hash, width, height, color, placeholder)
       VALUES ($1, $2, 1, 1, '', '')`,
      [kept, Buffer.from(kept)],
    );
    for (const id of [kept, left])
      await encoders.store.put(artworkKey(id, 64, 'webp'), Buffer.from('picture'));
    await ageAll('artwork/');
    await encoders.store.put(artworkKey(young, 64, 'webp'), Buffer.from('picture'));
    expect(await sweep.sweep(going)).toBe(1);
    expect(await keysBelow('artwork/')).toEqual(
      [artworkKey(kept, 64, 'webp'), artworkKey(young, 64, 'webp')].sort(),
    );
  });
});
