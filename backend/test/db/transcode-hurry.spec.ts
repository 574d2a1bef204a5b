import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LADDER, type Rung } from '../../src/media/ladder.js';
import type { EncodeSlot, EncodeUrgency } from '../../src/transcode/encode-slots.js';
import type { Rendition, VersionedKey } from '../../src/transcode/rendition.js';
import { SegmentFinder } from '../../src/transcode/segment-finder.js';
import type { TestEncoders } from '../support/encoders.js';
import { EncodingRoom } from '../support/encoding-room.js';

const going = new AbortController().signal;

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('listeners who come and go while encoders wait for a core', () => {
  let room: EncodingRoom;
  let encoders: TestEncoders;
  let trackId: string;

  beforeAll(async () => {
    room = await EncodingRoom.open();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    encoders = room.encoders();
    trackId = await room.newTrack();
  });
  afterEach(() => encoders.close());

  const busyCores = async (urgency: EncodeUrgency): Promise<readonly EncodeSlot[]> => {
    const slots = Array.from({ length: encoders.slots.cores }, () => encoders.slots.take(urgency, going));
    await Promise.all(slots.map((slot) => slot.admitted()));
    return slots;
  };
  const want = async (rung: Rung = LADDER[0]): Promise<Rendition> => {
    const row = await encoders.renditions.want(await encoders.sources.get(trackId), rung);
    if (row === undefined) throw new Error(`${rung.name} cannot be wanted`);
    return row;
  };
  const stateOf = async ({ id }: Rendition): Promise<string | undefined> =>
    (await encoders.renditions.findById(id))?.state;

  /** A job has claimed what it encodes in the background, and there is no core for it. */
  const claimedInBackground = async (): Promise<{
    readonly row: Rendition;
    readonly work: Promise<void>;
  }> => {
    await encoders.renditions.queue(await encoders.sources.get(trackId), LADDER.slice(0, 1));
    const work = encoders.ladder('lazy').encodeTrack(trackId, going);
    const rows = (): Promise<Rendition[]> => encoders.renditions.findOfTracks([trackId]);
    await until(async () => (await rows())[0]?.draftPath != null);
    const [row] = await rows();
    if (row === undefined) throw new Error('nothing was claimed');
    return { row, work };
  };

  it('a listener who comes to a background encode that has no core yet gets one at once', async () => {
    await encoders.wanted.start();
    const slots = await busyCores('background');
    const { row, work } = await claimedInBackground();
    await want();
    await until(async () => (await stateOf(row)) === 'ready');
    await work;
    for (const slot of slots) slot.leave();
  });

  it('a listener whose message was lost, or came before the claim was known, is seen all the same', async () => {
    await encoders.wanted.start();
    const slots = await busyCores('background');
    const { row, work } = await claimedInBackground();
    await room.database.db.query('UPDATE renditions SET wanted_at = now() WHERE id = $1', [row.id]);
    await until(async () => (await stateOf(row)) === 'ready');
    await work;
    for (const slot of slots) slot.leave();
  });

  it('a listener who comes between the claim and the encoder is seen without a message', async () => {
    const slots = await busyCores('background');
    await encoders.renditions.queue(await encoders.sources.get(trackId), LADDER.slice(0, 1));
    const claimed = await encoders.leases.claimOfTrack(trackId, 'aac');
    await want();
    // No message is listened to here: the encode itself must look.
    await encoders.encodes.encode(await encoders.sources.get(trackId), claimed, 'background', going);
    expect((await encoders.renditions.findOfTracks([trackId])).map(({ state }) => state)).toEqual(['ready']);
    for (const slot of slots) slot.leave();
  });

  it('listeners who go before their encodes have a core make room for the next', async () => {
    const slots = await busyCores('waiting');
    await encoders.wanted.start();
    const [aac96, aac160, aac320] = LADDER;
    const left = [await want(aac96), await want(aac160)];
    for (const row of left) await until(async () => (await stateOf(row)) === 'encoding');
    const next = await want(aac320);
    for (const { id, wantedAt } of left) await encoders.renditions.unwant(id, wantedAt ?? 0);
    await until(async () => (await stateOf(next)) === 'encoding');
    slots[0]?.leave();
    await until(async () => (await stateOf(next)) === 'ready');
    slots[1]?.leave();
  });

  it('who comes back in the moment in which he leaves is not forgotten when the two overtake each other', async () => {
    const before = await want();
    const { id, wantedAt } = await want();
    await encoders.renditions.unwant(id, before.wantedAt ?? 0);
    expect((await encoders.renditions.findById(id))?.wantedAt).toBe(wantedAt);
    expect(await encoders.leases.claimWanted()).toMatchObject([{ id }]);
    await encoders.renditions.unwant(id, wantedAt ?? 0);
    expect((await encoders.renditions.findById(id))?.wantedAt).toBeNull();
    expect(await encoders.leases.listenersOf([id])).toEqual([{ id, awaited: false }]);
    const again = await encoders.renditions.wantAgain(id);
    expect(again).toBeGreaterThan(wantedAt ?? 0);
    expect(await encoders.renditions.wantAgain(id)).toBeNull();
    expect(await encoders.leases.listenersOf([id])).toEqual([{ id, awaited: true }]);
  });

  const finder = (waitLimitMs?: number): SegmentFinder =>
    new SegmentFinder(encoders.renditions, encoders.sources, encoders.notifier, waitLimitMs);
  const keyOfTrack = async (): Promise<VersionedKey> => {
    const { soundVersion } = await encoders.sources.get(trackId);
    return { trackId, soundVersion, codec: 'aac', bitrateKbps: 96 };
  };

  it('who has gone before anything was asked for him makes nothing wanted', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(finder().find(await keyOfTrack(), 0, { holder: 'a-listener', gone })).rejects.toThrow(
      'gone',
    );
    expect(await encoders.renditions.findOfTracks([trackId])).toEqual([]);
  });

  it('a listener waits for one song, at however many of its places', async () => {
    await room.database.db.query('UPDATE tracks SET sample_count = 130 * 44100 WHERE id = $1', [trackId]);
    const key = await keyOfTrack();
    const impatient = finder(300);
    const waits = [0, 8, 16, 24, 32].map((index) =>
      expect(impatient.find(key, index, { holder: 'a-listener', gone: going })).rejects.toMatchObject({
        code: 'ENCODER_BUSY',
      }),
    );
    await Promise.all(waits);
    expect(await encoders.renditions.findOfTracks([trackId])).toHaveLength(1);
  });
});
