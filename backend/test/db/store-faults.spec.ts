import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { House } from '../../src/integrity/invariant.js';
import { READY_RENDITIONS } from '../../src/integrity/ready-renditions.js';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { FolderStore } from '../../src/storage/folder-store.js';
import { TestEncoders } from '../support/encoders.js';
import { FaultyStore, STORE_CALLS, type StoreCall } from '../support/faulty-store.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';

const going = new AbortController().signal;

/** `npm run test:long` sweeps to the first run in which nothing fails any more. */
const MOST = Number(process.env['KANADE_FAULT_SWEEP'] ?? '3');

describe('a disk that fails under the encoders', () => {
  let database: TestDatabase;
  let tones: ToneFolder;
  let tools: FfmpegTools;
  let tracks = 0;

  beforeAll(async () => {
    tools = await findFfmpeg();
    database = await testDatabase();
    tones = await ToneFolder.create();
  });
  afterAll(async () => {
    await tones.remove();
    await database.close();
  });

  const newTrack = async (): Promise<string> => {
    const path = await tones.wav(`${++tracks}.wav`, { seconds: 5, noise: 0.1 });
    return (await addMeasuredTrack(database.db, tools, path)).trackId;
  };

  /** What fsck says of the renditions that are ready. */
  const untrue = async (encoders: TestEncoders): Promise<readonly string[]> => {
    const house: House = {
      db: database.db,
      databaseUrl: database.url,
      dataDir: '',
      store: encoders.store,
      tools,
      deep: true,
      graceMs: 0,
      mending: {
        jobs: () => Promise.reject(new Error('nothing is mended here')),
        markMissing: () => Promise.resolve(),
        requeueRenditions: () => Promise.resolve(),
        announceTrack: () => Promise.resolve(),
      },
    };
    const found: string[] = [];
    for await (const { what, problem } of READY_RENDITIONS.find(house)) found.push(`${what}: ${problem}`);
    return found;
  };

  const states = async (encoders: TestEncoders, trackId: string): Promise<readonly string[]> =>
    (await encoders.renditions.findOfTracks([trackId])).map(({ state }) => state);

  const forget = (trackId: string): Promise<unknown> =>
    database.db.query('DELETE FROM renditions WHERE track_id = $1', [trackId]);

  /** @returns whether the fault was reached */
  const encodeWith = async (kind: StoreCall, failing: number): Promise<boolean> => {
    const made: { store?: FaultyStore } = {};
    const encoders = new TestEncoders(
      database.db,
      tools,
      (folder) => (made.store = new FaultyStore(folder, kind, failing)),
    );
    const trackId = await newTrack();
    try {
      await encoders
        .ladder('smart')
        .encodeTrack(trackId, going)
        .catch(() => undefined);
      const hasFailed = made.store?.hasFailed === true;
      expect(await untrue(encoders)).toEqual([]);
      expect((await states(encoders, trackId)).every((state) => state === 'ready')).toBe(!hasFailed);
      // The job comes again, and the disk is well.
      await encoders.ladder('smart').encodeTrack(trackId, going);
      expect(await states(encoders, trackId)).toEqual(['ready', 'ready']);
      expect(await untrue(encoders)).toEqual([]);
      return hasFailed;
    } finally {
      await forget(trackId);
      await encoders.close();
    }
  };

  it.each(STORE_CALLS)(
    'never has a row say ready for what is not there, whichever %s fails',
    async (kind) => {
      let swept = 0;
      while (swept < MOST && (await encodeWith(kind, swept + 1))) swept++;
      expect(swept).toBeGreaterThan(0);
    },
    60_000 + MOST * 20_000,
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
      const encoders = new TestEncoders(database.db, tools, () => new FolderStore(join(disk, 'store')));
      const trackId = await newTrack();
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
    90_000,
  );
});
