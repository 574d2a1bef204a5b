import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signingKey } from '../../src/streaming/signing.js';
import { ServedRenditions } from '../../src/transcode/served-renditions.js';
import type { TestEncoders } from '../support/encoders.js';
import { EncodingRoom } from '../support/encoding-room.js';
import { TestMediaServer } from '../support/media-server.js';

const going = new AbortController().signal;

describe('the quota of renditions', () => {
  let room: EncodingRoom;
  let encoders: TestEncoders;
  let trackId: string;

  beforeAll(async () => {
    room = await EncodingRoom.open();
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    await room.database.db.query('DELETE FROM renditions');
    encoders = room.encoders();
    trackId = await room.newTrack();
    await encoders.ladder('eager').encodeTrack(trackId, going);
  });
  afterEach(() => encoders.close());

  const age = (minutes: number): Promise<unknown> =>
    room.database.db.query(`UPDATE renditions SET ready_at = now() - make_interval(mins => $1)`, [minutes]);
  const states = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await encoders.renditions.findOfTracks([trackId])).map((each) => [
        `${each.codec}-${each.bitrateKbps}`,
        each.state,
      ]),
    );
  const objects = async (): Promise<number> => {
    let count = 0;
    for await (const key of encoders.store.list('renditions/')) count += key === '' ? 0 : 1;
    return count;
  };

  it('is no limit where none is set, and takes nothing that was just made', async () => {
    await age(60);
    expect(await encoders.quota(null).enforce(going)).toBe(0);
    expect(await encoders.quota(null).hasRoom()).toBe(true);
    await age(5);
    expect(await encoders.quota(1).enforce(going)).toBe(0);
    expect(await encoders.quota(1).hasRoom()).toBe(false);
    expect(await objects()).toBe(7);
  });

  it('never takes the master of a lossless source, however little room there is', async () => {
    await age(60);
    expect(await encoders.quota(1).enforce(going)).toBe(6);
    const kept = Object.entries(await states()).filter(([, state]) => state !== 'evicted');
    expect(kept).toEqual([['flac-0', 'ready']]);
    expect(await objects()).toBe(1);
    expect(await encoders.quota(1).enforce(going)).toBe(0);
  });

  it('takes the FLAC of a lossy source like any other', async () => {
    await age(60);
    await room.database.db.query('UPDATE tracks SET lossless = false WHERE id = $1', [trackId]);
    expect(await encoders.quota(1).enforce(going)).toBe(7);
    expect(await objects()).toBe(0);
  });

  it('takes no more than it must: first what nobody heard, then what was heard longest ago', async () => {
    await age(60);
    const served = new ServedRenditions(room.database.db);
    served.note({ trackId, codec: 'aac', bitrateKbps: 96 });
    served.note({ trackId, codec: 'aac', bitrateKbps: 96 });
    await served.tell();
    await room.database.db.query(
      `UPDATE renditions SET last_served_at = now() - interval '2 days'
        WHERE track_id = $1 AND codec = 'opus' AND bitrate_kbps = 160`,
      [trackId],
    );
    const all = await encoders.renditions.findOfTracks([trackId]);
    const total = all.reduce((sum, each) => sum + (each.sizeBytes ?? 0), 0);
    expect(await encoders.quota(total).enforce(going)).toBe(0);
    expect(await encoders.quota(total - 1).enforce(going)).toBeGreaterThan(0);
    expect(await states()).toMatchObject({ 'aac-96': 'ready', 'opus-160': 'ready', 'flac-0': 'ready' });
    expect(Object.values(await states())).toContain('ready');
    await encoders.quota(1).enforce(going);
    expect(Object.entries(await states()).filter(([, state]) => state === 'ready')).toEqual(
      expect.arrayContaining([
        ['aac-96', 'ready'],
        ['flac-0', 'ready'],
      ]),
    );
    expect((await states())['opus-160']).toBe('evicted');
  });

  it('lets a listener hear what was evicted: it is encoded anew, the same bytes', async () => {
    const media = await TestMediaServer.start(room.database, encoders, signingKey(Buffer.alloc(32, 1)));
    const { dash } = await media.grants.track(trackId, 'a-listener', null);
    const url = `${await encoders.segmentsOf(trackId)}opus-160/0.m4s${dash.slice(dash.indexOf('?'))}`;
    const before = await media.bytes(url);
    await age(60);
    await room.database.db.query('UPDATE renditions SET last_served_at = NULL');
    await encoders.quota(1).enforce(going);
    expect(await states()).toMatchObject({ 'opus-160': 'evicted' });
    await encoders.wanted.start();
    expect((await media.bytes(url)).equals(before)).toBe(true);
    await media.close();
  });
});
