import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from '../../src/common/error-code.js';
import type { Page } from '../../src/common/page.js';
import { eventually } from '../support/client.js';
import { fsck } from '../support/fsck.js';
import { MusicServer } from '../support/music-server.js';
import { descendantsOf } from '../support/processes.js';
import { askDatabase, postmasterPid } from '../support/server-database.js';
import { randomFrom, toneWav, type ToneFolder } from '../support/tones.js';

/** `npm run test:long` asks for 200. */
const KILLS = Number(process.env['KANADE_FAULT_KILLS'] ?? '20');
/** The same moments in every run of the same seed; another seed, other moments. */
const random = randomFrom(Number(process.env['KANADE_FAULT_SEED'] ?? '1'));
const FILES = 3;

const VICTIMS = ['worker', 'ffmpeg', 'Postgres', 'API'] as const;
type Victim = (typeof VICTIMS)[number];

const writeMusic = async (tones: ToneFolder): Promise<string> => {
  const root = tones.path('music');
  await mkdir(root);
  await addMusic(tones, root, 'first');
  return root;
};

const addMusic = async (tones: ToneFolder, root: string, name: string): Promise<void> => {
  const album = tones.path(name);
  await mkdir(album);
  for (let at = 0; at < FILES; at++) {
    await tones.write('tone.wav', toneWav({ seconds: 6, frequencyHz: 100 + 900 * random(), noise: 0.05 }));
    await tones.run(['-i', tones.path('tone.wav'), join(album, `${at}.flac`)]);
  }
  await rename(album, join(root, name));
};

describe('kill -9', () => {
  let music: MusicServer;
  beforeAll(async () => {
    music = await MusicServer.start(writeMusic);
  });
  afterAll(() => music.remove());

  const kill = async (victim: Victim): Promise<void> => {
    if (victim === 'API') return music.restart('kill');
    const [pid] =
      victim === 'Postgres'
        ? [postmasterPid(music.dataDir)]
        : descendantsOf(music.pid)
            .filter(({ command }) => command.includes(victim === 'worker' ? 'worker.js' : 'ffmpeg'))
            .map((each) => each.pid);
    // There need not be one at this moment, or not any more; then this moment has nothing to break.
    try {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (errorCode(error) !== 'ESRCH') throw error;
    }
  };

  /** All files are measured, and nothing is at work or waits for work. */
  const quiet = async (files: number): Promise<void> => {
    await eventually(
      () =>
        askDatabase<{ ready: number; open: number }>(
          music.dataDir,
          `SELECT (SELECT count(*)::int FROM files WHERE state = 'ready') AS ready,
                  (SELECT count(*)::int FROM pgboss.job WHERE state <= 'active') AS open`,
        ).catch(() => []),
      ([row]) => row?.ready === files && row.open === 0,
      280_000,
    );
  };

  it('of Postgres while a song plays: segments go on, the API answers 503 and never 500, and heals by itself', async () => {
    await music.settled(({ files }) => files.ready === FILES);
    const { items } = await music.client.get<Page<{ readonly id: string }>>('/api/tracks?limit=1');
    const grant = await music.client.get<{ readonly dash: string }>(`/api/tracks/${items[0]?.id}/playback`);
    const manifest = await (await music.media(grant.dash)).text();
    const template = new RegExp(`media="([^"]*)"`).exec(manifest)?.[1] ?? '';
    expect(template).toContain('$Number$');
    const segment = new URL(
      template.replaceAll('&amp;', '&').replace('$RepresentationID$', 'aac-160').replace('$Number$', '0'),
      new URL(grant.dash, music.url),
    ).href;
    expect((await music.media(segment)).status).toBe(200);
    await eventually(
      () =>
        askDatabase(
          music.dataDir,
          `SELECT FROM renditions WHERE track_id = '${items[0]?.id}' AND codec = 'aac' AND bitrate_kbps = 160
              AND state = 'ready'`,
        ),
      (rows) => rows.length === 1,
    );
    expect((await music.media(segment)).status).toBe(200);

    const postmaster = postmasterPid(music.dataDir);
    process.kill(postmaster, 'SIGKILL');
    const killed = Date.now();
    const api: number[] = [];
    const media: number[] = [];
    while (api.at(-1) !== 200 || !api.includes(503)) {
      media.push((await music.media(segment)).status);
      api.push((await music.client.request('GET', '/api/tracks')).status);
      if (Date.now() - killed > 60_000) break;
    }
    console.log(`Postgres was away for ${Date.now() - killed} ms`);
    expect(new Set(media)).toEqual(new Set([200]));
    expect(new Set(api)).toEqual(new Set([503, 200]));
    expect(postmasterPid(music.dataDir)).not.toBe(postmaster);
    expect(await fsck(music.dataDir)).toMatchObject({ code: 0, lines: [] });
  });

  it(
    `at ${KILLS} random moments, of worker, ffmpeg, Postgres and API: all is finished, and fsck finds nothing`,
    async () => {
      for (let at = 0; at < KILLS; at++) {
        await pause(100 + 1500 * random());
        await kill(VICTIMS[at % VICTIMS.length] ?? 'worker');
        if (at === Math.floor(KILLS / 2)) await addMusic(music.tones, music.root, 'second');
      }
      await eventually(
        async () => (await music.client.request('POST', '/api/library/scan')).status,
        (status) => status === 202,
      );
      await quiet(2 * FILES);
      expect(await fsck(music.dataDir, '--deep')).toMatchObject({ code: 0, lines: [] });
    },
    300_000 + KILLS * 5000,
  );
});
