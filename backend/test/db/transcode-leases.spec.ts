import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LADDER } from '../../src/media/ladder.js';
import { LostLeases } from '../../src/transcode/lost-leases.js';
import { storageKeyOf } from '../../src/transcode/rendition.js';
import { HoldingStore, type TestEncoders } from '../support/encoders.js';
import { EncodingRoom } from '../support/encoding-room.js';

const going = new AbortController().signal;

describe('renditions and their leases', () => {
  let room: EncodingRoom;
  let encoders: TestEncoders;
  let trackId: string;

  beforeAll(async () => {
    room = await EncodingRoom.open();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    encoders = room.encoders();
    trackId = await room.newTrack({ seconds: 9 });
  });
  afterEach(() => encoders.close());

  const rows = (columns: string): Promise<unknown[]> =>
    room.database.db.query(
      `SELECT ${columns} FROM renditions WHERE track_id = $1 ORDER BY codec, bitrate_kbps`,
      [trackId],
    );
  const objects = async (of: TestEncoders): Promise<string[]> => {
    const keys: string[] = [];
    for await (const key of of.store.list('')) keys.push(key);
    return keys;
  };

  it('a job that is delivered twice encodes once', async () => {
    const jobs = encoders.ladder('smart');
    await jobs.encodeTrack(trackId, going);
    const before = await rows('codec, bitrate_kbps, state, fence, ready_at');
    expect(before).toMatchObject([
      { codec: 'aac', bitrate_kbps: 160, state: 'ready', fence: '1' },
      { codec: 'opus', bitrate_kbps: 160, state: 'ready', fence: '1' },
    ]);
    await jobs.encodeTrack(trackId, going);
    expect(await rows('codec, bitrate_kbps, state, fence, ready_at')).toEqual(before);
  });

  it('two workers that are given the same track make each rendition once', async () => {
    const other = room.encoders(() => encoders.store);
    try {
      await Promise.all([
        encoders.ladder('eager').encodeTrack(trackId, going),
        other.ladder('eager').encodeTrack(trackId, going),
      ]);
      expect(await rows('state, fence')).toEqual(LADDER.map(() => ({ state: 'ready', fence: '1' })));
      expect(await objects(encoders)).toHaveLength(LADDER.length);
    } finally {
      await other.close();
    }
  });

  it('the same rendition has the same bytes, made alone or with the others', async () => {
    await encoders.ladder('eager').encodeTrack(trackId, going);
    const together = await rows(`codec, bitrate_kbps, encode(sha256, 'hex') AS sha256, segment_bytes`);
    await room.database.db.query('DELETE FROM renditions WHERE track_id = $1', [trackId]);
    const source = await encoders.sources.get(trackId);
    for (const rung of LADDER) {
      await encoders.renditions.queue(source, [rung]);
      await encoders.ladder('lazy').encodeTrack(trackId, going);
    }
    expect(await rows(`codec, bitrate_kbps, encode(sha256, 'hex') AS sha256, segment_bytes`)).toEqual(
      together,
    );
  });

  it('a stopped worker gives its renditions back, leaves nothing behind, and the job comes again', async () => {
    const held: { store?: HoldingStore } = {};
    const stopped = room.encoders((folder) => (held.store = new HoldingStore(folder, 2)));
    const stop = new AbortController();
    const work = stopped.ladder('smart').encodeTrack(trackId, stop.signal);
    await untilEncoding();
    stop.abort(new Error('the worker stops'));
    held.store?.release();
    await expect(work).rejects.toThrow('the worker stops');
    expect(await rows('state, attempts, lease_owner, draft_path, segment_bytes')).toEqual(
      [1, 2].map(() => ({
        state: 'queued',
        attempts: 0,
        lease_owner: null,
        draft_path: null,
        segment_bytes: null,
      })),
    );
    expect(await readdir(join(stopped.folder, 'drafts'))).toEqual([]);
    await stopped.close();
    await encoders.ladder('smart').encodeTrack(trackId, going);
    expect(await rows('state')).toEqual([{ state: 'ready' }, { state: 'ready' }]);
  });

  const untilEncoding = async (): Promise<void> => {
    for (;;) {
      const all = await encoders.renditions.findOfTracks([trackId]);
      if (all.some((each) => each.state === 'encoding' && each.initBytes !== null)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it('a worker that lost its lease changes nothing and keeps no file', async () => {
    const held: { store?: HoldingStore } = {};
    const slow = room.encoders((folder) => (held.store = new HoldingStore(folder, 2)));
    const work = slow.ladder('smart').encodeTrack(trackId, going);
    await untilEncoding();
    // As if its lease had run out while it slept.
    await room.database.db.query(
      `UPDATE renditions SET lease_expires_at = now() - interval '1 s' WHERE track_id = $1`,
      [trackId],
    );
    await encoders.ladder('smart').encodeTrack(trackId, going);
    const made = await rows('codec, state, fence, storage_key, segment_bytes');
    held.store?.release();
    await work;
    expect(await rows('codec, state, fence, storage_key, segment_bytes')).toEqual(made);
    expect(made).toMatchObject([{ state: 'ready' }, { state: 'ready' }]);
    expect(await objects(slow)).toEqual([]);
    expect(await objects(encoders)).toHaveLength(2);
    await slow.close();
  });

  it('what a killed worker was encoding gets a job again, and a new start finds all that waits', async () => {
    const jobs = new JobQueue(room.database.url);
    await jobs.start();
    const lost = new LostLeases(room.database.db, encoders.leases, jobs);
    const jobsOfTrack = (): Promise<unknown[]> =>
      room.database.db.query(
        `DELETE FROM pgboss.job WHERE name = 'transcode.track' AND data->>'trackId' = $1 RETURNING priority`,
        [trackId],
      );
    const [aac, , , opus] = LADDER;
    await encoders.renditions.queue(await encoders.sources.get(trackId), [aac, opus]);
    await encoders.leases.claimOfTrack(trackId, 'aac');
    await lost.requeue(false);
    expect(await jobsOfTrack()).toEqual([]);
    await room.database.db.query(
      `UPDATE renditions SET lease_expires_at = now() - interval '1 s' WHERE lease_owner IS NOT NULL`,
    );
    await lost.requeue(false);
    expect(await rows('codec, state, lease_owner')).toEqual([
      { codec: 'aac', state: 'queued', lease_owner: null },
      { codec: 'opus', state: 'queued', lease_owner: null },
    ]);
    expect(await jobsOfTrack()).toHaveLength(1);
    await lost.requeue(true);
    expect(await jobsOfTrack()).toHaveLength(1);
    await jobs.onModuleDestroy();
  });

  it('a worker that stops ends its jobs at once', async () => {
    const held: { store?: HoldingStore } = {};
    const stopped = room.encoders((folder) => (held.store = new HoldingStore(folder, 2)));
    const ladder = stopped.ladder('smart');
    const work = ladder.encodeTrack(trackId, going);
    await untilEncoding();
    held.store?.release();
    await Promise.all([ladder.stop(), expect(work).rejects.toThrow('the worker stops')]);
    await stopped.close();
  });

  it('a claim made later has another file name, so a late writer can never touch it', async () => {
    const source = await encoders.sources.get(trackId);
    await encoders.renditions.queue(source, LADDER.slice(0, 1));
    const [first] = await encoders.leases.claimOfTrack(trackId, 'aac');
    expect(await encoders.leases.claimOfTrack(trackId, 'aac')).toEqual([]);
    if (first !== undefined) await encoders.leases.release(first);
    const [second] = await encoders.leases.claimOfTrack(trackId, 'aac');
    expect([first?.fence, second?.fence]).toEqual(['1', '2']);
    if (first === undefined || second === undefined) throw new Error('not claimed');
    expect(storageKeyOf(first)).not.toBe(storageKeyOf(second));
    await encoders.leases.fail(first, 'too late');
    expect(await rows('state, attempts')).toEqual([{ state: 'encoding', attempts: 0 }]);
  });

  it('what a listener waits for is not taken by a background job', async () => {
    const source = await encoders.sources.get(trackId);
    const [rung] = LADDER;
    await encoders.renditions.want(source, rung);
    expect(await encoders.leases.claimOfTrack(trackId, 'aac')).toEqual([]);
    expect(await encoders.leases.claimWanted()).toMatchObject([{ trackId, codec: 'aac', bitrateKbps: 96 }]);
    expect(await encoders.leases.claimWanted()).toEqual([]);
  });

  it('what a listener waited for a while ago waits its turn like everything else', async () => {
    const [rung] = LADDER;
    await encoders.renditions.want(await encoders.sources.get(trackId), rung);
    await room.database.db.query(
      `UPDATE renditions SET wanted_at = now() - interval '31 s' WHERE track_id = $1`,
      [trackId],
    );
    expect(await encoders.leases.claimWanted()).toEqual([]);
    expect(await encoders.leases.codecsOfTrack(trackId)).toEqual(['aac']);
    expect(await encoders.leases.claimOfTrack(trackId, 'aac')).toMatchObject([{ trackId }]);
  });

  it('an encoder whose listener has gone makes room for the next; too many of them are stopped', async () => {
    const held: { store?: HoldingStore } = {};
    const slow = room.encoders((folder) => (held.store = new HoldingStore(folder, 0)), 50);
    const source = await slow.sources.get(trackId);
    const until = async (isSo: () => Promise<boolean> | boolean): Promise<void> => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await slow.wanted.start();
    for (const rung of LADDER) {
      const { id = '', wantedAt } = (await slow.renditions.want(source, rung)) ?? {};
      const state = async (): Promise<string | undefined> => (await slow.renditions.findById(id))?.state;
      await until(async () => (await state()) === 'encoding');
      await slow.renditions.unwant(id, wantedAt ?? 0);
      await until(() => slow.encodes.isRelaxed(id));
    }
    held.store?.release();
    // Two a core go on in what the others leave: the three that were older than four others were stopped.
    const stateOf = (codec: string): string => (codec === 'aac' ? 'queued' : 'ready');
    const wanted = LADDER.map(({ codec }) => ({ codec, state: stateOf(codec) }));
    const inOrder = wanted.toSorted((a, b) => a.codec.localeCompare(b.codec));
    await until(async () =>
      (await rows('state')).every((row) => !isDeepStrictEqual(row, { state: 'encoding' })),
    );
    expect(await rows('codec, state')).toEqual(inOrder);
    await slow.close();
  });

  it('three failures rest, and a listener who asks again later gets one more attempt', async () => {
    const source = await encoders.sources.get(trackId);
    const [rung] = LADDER;
    await encoders.renditions.want(source, rung);
    for (const attempt of [1, 2, 3]) {
      const [claimed] = await encoders.leases.claimWanted();
      if (claimed === undefined) throw new Error(`attempt ${attempt} was not made`);
      await encoders.leases.fail(claimed, 'the disk is full');
    }
    expect(await rows('state, attempts, error')).toEqual([
      { state: 'failed', attempts: 3, error: 'the disk is full' },
    ]);
    expect(await encoders.renditions.want(source, rung)).toBeUndefined();
    await room.database.db.query('UPDATE renditions SET lease_expires_at = now() WHERE track_id = $1', [
      trackId,
    ]);
    expect(await encoders.renditions.want(source, rung)).toMatchObject({ state: 'queued' });
    expect(await encoders.leases.claimWanted()).toMatchObject([{ trackId }]);
  });
});
