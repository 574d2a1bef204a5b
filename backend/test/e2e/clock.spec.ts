import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '../../src/common/page.js';
import { eventually } from '../support/client.js';
import { fsck } from '../support/fsck.js';
import { settleFiles } from '../support/music-folder.js';
import { MusicServer } from '../support/music-server.js';
import { removeFolder, temporaryFolder } from '../support/server.js';
import { askDatabase } from '../support/server-database.js';
import type { ToneFolder } from '../support/tones.js';

const LIBRARY = ['x86_64-linux-gnu', 'aarch64-linux-gnu']
  .map((platform) => `/usr/lib/${platform}/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));
if (LIBRARY === undefined) console.warn('SKIPPED: clocks are set by libfaketime (apt-get install faketime)');

const addSong = async (tones: ToneFolder, root: string, at: number): Promise<void> => {
  const wav = await tones.wav('tone.wav', { seconds: 3, frequencyHz: 200 + 100 * at, noise: 0.05 });
  await tones.run(['-i', wav, join(root, `${at}.flac`)]);
  await settleFiles(root);
};

/** The clock of all processes of the server, Postgres too; timers run on, as on a machine whose clock is set. */
(LIBRARY === undefined ? describe.skip : describe)('a clock that is set while the server runs', () => {
  let folder: string;
  let music: MusicServer;
  const setClock = (offset: string): void => writeFileSync(join(folder, 'clock'), offset);
  beforeAll(async () => {
    folder = temporaryFolder('clock');
    setClock('+0');
    const env = {
      LD_PRELOAD: LIBRARY ?? '',
      FAKETIME_TIMESTAMP_FILE: join(folder, 'clock'),
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    music = await MusicServer.start(
      async (tones) => {
        await mkdir(tones.path('music'));
        await addSong(tones, tones.path('music'), 0);
        return tones.path('music');
      },
      { env },
    );
  });
  afterAll(async () => {
    await music.remove();
    removeFolder(folder);
  });

  it.each([
    ['an hour ahead', '+1h', 1],
    ['back to where it was', '+0', 2],
    ['an hour behind', '-1h', 3],
  ])(
    '%s: nobody is signed out, music is taken in, plays, and nothing is left undone',
    async (_, offset, at) => {
      setClock(offset);
      await addSong(music.tones, music.root, at);
      await eventually(
        async () => (await music.client.request('POST', '/api/library/scan')).status,
        (status) => status === 202,
      );
      await music.settled(({ files }) => files.ready === at + 1);
      const { items } = await music.client.get<Page<{ readonly id: string }>>('/api/tracks');
      expect(items).toHaveLength(at + 1);
      for (const { id } of items) {
        const { original } = await music.client.get<{ readonly original: string }>(
          `/api/tracks/${id}/playback`,
        );
        expect((await music.media(original)).status).toBe(200);
      }
      await eventually(
        () =>
          askDatabase<{ open: number }>(
            music.dataDir,
            `SELECT count(*)::int AS open FROM renditions WHERE state <> 'ready'`,
          ),
        ([row]) => row?.open === 0,
      );
      expect(await fsck(music.dataDir, '--deep')).toMatchObject({ code: 0, lines: [] });
    },
    240_000,
  );
});
