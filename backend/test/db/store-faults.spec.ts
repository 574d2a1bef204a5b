import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LADDER } from '../../src/media/ladder.js';
import { FolderStore } from '../../src/storage/folder-store.js';
import type { TestEncoders } from '../support/encoders.js';
import { EncodingRoom } from '../support/encoding-room.js';
import { FaultyStore, STORE_CALLS, type StoreCall } from '../support/faulty-store.js';
import { untrueRenditions } from '../support/untrue-renditions.js';

const going = new AbortController().signal;

/** `npm run test:long` sweeps to the first run in which nothing fails any more. */
const MOST = Number(process.env['KANADE_FAULT_SWEEP'] ?? '40');
/** One ffmpeg makes both, which is what a failure of one must not spoil. */
const RUNGS = LADDER.filter(({ name }) => name === 'opus-96' || name === 'opus-160');

describe('a disk that fails under the encoders', () => {
  let room: EncodingRoom;

  beforeAll(async () => {
    room = await EncodingRoom.open();
  });
  afterAll(() => room.close());

  const untrue = (encoders: TestEncoders): Promise<readonly string[]> =>
    untrueRenditions(room.database, room.tools, encoders.store);

  const states = async (encoders: TestEncoders, trackId: string): Promise<readonly string[]> =>
    (await encoders.renditions.findOfTracks([trackId])).map(({ state }) => state);

  const forget = (trackId: string): Promise<unknown> =>
    room.database.db.query('DELETE FROM renditions WHERE track_id = $1', [trackId]);

  /** @returns whether the fault was reached */
  const encodeWith = async (trackId: string, kind: StoreCall, failing: number): Promise<boolean> => {
    const made: { store?: FaultyStore } = {};
    const encoders = room.encoders((folder) => (made.store = new FaultyStore(folder, kind, failing)));
    const encode = (): Promise<void> => encoders.ladder('lazy').encodeTrack(trackId, going);
    try {
      await encoders.renditions.queue(await encoders.sources.get(trackId), RUNGS);
      await encode().catch(() => undefined);
      const hasFailed = made.store?.hasFailed === true;
      expect(await untrue(encoders)).toEqual([]);
      expect((await states(encoders, trackId)).every((state) => state === 'ready')).toBe(!hasFailed);
      // The job comes again, and the disk is well.
      await encode();
      expect(await states(encoders, trackId)).toEqual(RUNGS.map(() => 'ready'));
      expect(await untrue(encoders)).toEqual([]);
      for await (const draft of encoders.store.drafts(0)) throw new Error(`${draft} was left behind`);
      return hasFailed;
    } finally {
      await forget(trackId);
      await encoders.close();
    }
  };

  it.each(STORE_CALLS)(
    'never has a row say ready for what is not there, whichever %s fails',
    async (kind) => {
      const trackId = await room.newTrack();
      let swept = 0;
      while (swept < MOST && (await encodeWith(trackId, kind, swept + 1))) swept++;
      expect(swept).toBeGreaterThan(0);
    },
    60_000 + MOST * 5000,
  );

  const isRoot = process.getuid?.() === 0;
  if (!isRoot) console.warn('SKIPPED: a full disk is a tmpfs, and only root may mount one');
  (isRoot ? it : it.skip)(
    'full: renditions fail with the reason, and are made once there is room',
    async () => {
      const disk = mkdtempSync(join(tmpdir(), 'kanade-full-disk-'));
      const mount = (...args: readonly string[]): unknown => execFileSync('mount', [...args]);
      mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk);
      mkdirSync(join(disk, 'store'));
      const encoders = room.encoders(() => new FolderStore(join(disk, 'store')));
      const trackId = await room.newTrack();
      try {
        await encoders
          .ladder('smart')
          .encodeTrack(trackId, going)
          .catch(() => undefined);
        const [row] = await encoders.renditions.findOfTracks([trackId]);
        expect(row?.state).toBe('queued');
        expect(row?.error).toContain('ENOSPC');
        expect(await untrue(encoders)).toEqual([]);
        mount('-o', 'remount,size=64m', disk);
        await encoders.ladder('smart').encodeTrack(trackId, going);
        expect(await states(encoders, trackId)).toEqual(['ready', 'ready']);
        expect(await untrue(encoders)).toEqual([]);
      } finally {
        await forget(trackId);
        await encoders.close();
        execFileSync('umount', [disk]);
        rmSync(disk, { recursive: true });
      }
    },
  );
});
