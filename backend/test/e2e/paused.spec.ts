import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/client.js';
import { fsck } from '../support/fsck.js';
import { MusicServer } from '../support/music-server.js';
import { descendantsOf, workerOf } from '../support/processes.js';
import { askDatabase, postmasterPid, postmasterPort } from '../support/server-database.js';
import { toneWav, type ToneFolder } from '../support/tones.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const SECONDS = 60;

const writeMusic = async (tones: ToneFolder): Promise<string> => {
  const root = tones.path('music');
  await mkdir(root);
  await tones.write('tone.wav', toneWav({ seconds: SECONDS, noise: 0.1 }));
  await tones.run(['-i', tones.path('tone.wav'), join(root, 'long.flac')]);
  return root;
};

interface RenditionRow {
  readonly state: string;
  readonly fence: number;
  readonly owner: string | null;
  readonly live: boolean;
}

describe('a process that stands still for a while', () => {
  let music: MusicServer;
  beforeAll(async () => {
    // Nothing is encoded ahead: the tests say when.
    music = await MusicServer.start(writeMusic, { arguments: ['--ladder', 'lazy'] });
    await music.settled(({ files }) => files.ready === 1);
  });
  afterAll(() => music.remove());

  const signal = (name: NodeJS.Signals, pids: readonly number[]): void => {
    for (const pid of pids) process.kill(pid, name);
  };
  const renditions = () =>
    askDatabase<RenditionRow>(
      music.dataDir,
      `SELECT state, fence::int, lease_owner AS owner, lease_expires_at > now() AS live FROM renditions`,
    );
  const anotherWorker = (): ChildProcess => {
    const password = readFileSync(join(music.dataDir, 'postgres/password'), 'utf8').trim();
    const url = `postgres://kanade:${password}@127.0.0.1:${postmasterPort(music.dataDir)}/kanade`;
    return fork(MAIN, ['--data', music.dataDir, '--music', music.root, '--ladder', 'lazy'], {
      env: { ...process.env, NODE_OPTIONS: '', KANADE_ROLE: 'worker', DATABASE_URL: url },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  };
  const firstTrack = async (): Promise<string> => {
    const rows = await askDatabase<{ id: string }>(music.dataDir, 'SELECT id FROM tracks');
    return rows[0]?.id ?? '';
  };

  it('Postgres: what plays goes on, the API answers 503 soon and never 500, and all is well once it goes on', async () => {
    const grant = await music.client.get<{ readonly original: string }>(
      `/api/tracks/${await firstTrack()}/playback`,
    );
    const postmaster = postmasterPid(music.dataDir);
    const server = [postmaster, ...descendantsOf(postmaster).map(({ pid }) => pid)];
    const range = { headers: { range: 'bytes=0-999' } };
    signal('SIGSTOP', server);
    try {
      const asked = performance.now();
      const answers = await Promise.all(
        ['/api/albums', '/api/tracks', '/api/artists'].map((path) => music.client.request('GET', path)),
      );
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
      // The client waits for an answer without end: that there was one is what counts, this only tells how soon.
      console.log(`503 after ${Math.round(performance.now() - asked)} ms`);
      expect((await music.media(grant.original, range)).status).toBe(206);
    } finally {
      signal('SIGCONT', server);
    }
    await eventually(
      async () => (await music.client.request('GET', '/api/albums')).status,
      (status) => status === 200,
    );
    expect(await fsck(music.dataDir)).toMatchObject({ code: 0, lines: [] });
  });

  it('a worker beyond its lease: another takes over, and what the first one still says is not heard', async () => {
    const trackId = await firstTrack();
    const grant = await music.client.json<{
      readonly items: readonly {
        readonly rungs: readonly { bitrateKbps: number; segments: string }[];
        segmentCount: number;
      }[];
    }>('POST', '/api/playback', { trackIds: [trackId], codec: 'aac' });
    const item = grant.items[0];
    const segments = item?.rungs.find(({ bitrateKbps }) => bitrateKbps === 320)?.segments ?? '';
    // The slowest of all encodes, and somebody who waits for its end.
    const last = segments.replace('$Number$', String((item?.segmentCount ?? 1) - 1));
    const listener = async (): Promise<number> => (await music.media(last)).status;
    const first = listener();
    const [held] = await eventually(renditions, ([row]) => row?.state === 'encoding');
    const worker = workerOf(music.pid);
    signal('SIGSTOP', [worker.pid]);
    const second = anotherWorker();
    try {
      await eventually(renditions, (rows) =>
        rows.some((row) => row.owner !== null && row.owner !== held?.owner),
      );
      signal('SIGCONT', [worker.pid]);
      const rows = await eventually(
        async () => {
          await listener();
          return renditions();
        },
        (all) => all.every(({ state }) => state === 'ready'),
      );
      expect(rows[0]?.fence).toBeGreaterThan(held?.fence ?? 0);
      expect([200, 503]).toContain(await first);
      expect(await listener()).toBe(200);
      await pause(1000);
      // One object, and nothing of the first worker's draft.
      expect(await fsck(music.dataDir, '--deep')).toMatchObject({ code: 0, lines: [] });
    } finally {
      signal('SIGCONT', [worker.pid]);
      const ended = once(second, 'exit');
      second.kill('SIGTERM');
      await ended;
    }
  }, 600_000);
});
