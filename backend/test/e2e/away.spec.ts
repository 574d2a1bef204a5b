import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Page } from '../../src/common/page.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import type { QueueGrantDto } from '../../src/streaming/playback.dto.js';
import { Client, eventually } from '../support/client.js';
import { CuttableLine } from '../support/cuttable-line.js';
import { fsckWith } from '../support/fsck.js';
import { MusicServer } from '../support/music-server.js';
import { workerOf } from '../support/processes.js';
import { removeFolder, startServer, temporaryFolder, type RunningServer } from '../support/server.js';
import type { ToneFolder } from '../support/tones.js';

/** `npm run test:long` takes the database away for five minutes. */
const AWAY_SECONDS = Number(process.env['KANADE_FAULT_AWAY_SECONDS'] ?? '15');
/** Who was signed in is known for five minutes; an address that was renewed last lives on for ten. */
const RENEWED_SECONDS = Math.min(AWAY_SECONDS, 290);
const TRACKS = 3;
const SECONDS = 21;

const writeMusic = async (tones: ToneFolder): Promise<string> => {
  const root = tones.path('music');
  await mkdir(root);
  for (let at = 0; at < TRACKS; at++) {
    await tones.wav('tone.wav', { seconds: SECONDS, frequencyHz: 200 + 100 * at, noise: 0.05 });
    await tones.run(['-i', tones.path('tone.wav'), join(root, `${at}.flac`)]);
  }
  return root;
};

describe(`a database that is away for ${AWAY_SECONDS} s`, () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let line: CuttableLine;
  let music: MusicServer;
  /** Another API process of the same house, as behind one address: it grants nothing before the database goes away. */
  let other: RunningServer;
  /** Also after a beginning that failed. */
  const closers: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    folder = temporaryFolder('away');
    postgres = await startEmbeddedPostgres(folder);
    line = await CuttableLine.to(new URL(postgres.url));
    closers.push(
      () => postgres.stop(),
      () => line.cut(),
    );
    const env = { DATABASE_URL: line.url, KANADE_LOG_LEVEL: 'fatal' };
    music = await MusicServer.start(writeMusic, { env });
    closers.push(() => music.remove());
    const api = { ...env, KANADE_ROLE: 'api' };
    other = await startServer({ music: [music.root], data: music.dataDir, env: api });
    closers.push(() => other.stop());
  }, 240_000);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
    removeFolder(folder);
  });

  const ask = async <Row extends pg.QueryResultRow>(sql: string): Promise<readonly Row[]> => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const grantOf = async (trackIds: readonly string[], by: Client = music.client): Promise<QueueGrantDto> =>
    by.json('POST', '/api/playback', { trackIds, codec: 'opus' });
  const bytesOfOther = async (path: string): Promise<Buffer> => {
    const response = await fetch(new URL(path, other.url));
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  /** Its init part and its segments, as other players ask for them. */
  const addressesOf = ({ items }: QueueGrantDto, at: number): readonly string[] => {
    const item = items[at];
    const rung = item?.rungs.find(({ bitrateKbps }) => bitrateKbps === 160);
    const segments = rung?.segments.replace('/full/', '/') ?? '';
    return [
      rung?.init ?? '',
      ...Array.from({ length: item?.segmentCount ?? 0 }, (_, n) => segments.replace('$Number$', String(n))),
    ];
  };

  it(
    'plays on into tracks that nobody has played before, answers 503 elsewhere, and heals by itself',
    async () => {
      await music.settled(({ files }) => files.ready === TRACKS);
      const { items } = await music.client.get<Page<{ readonly id: string }>>('/api/tracks');
      const trackIds = items.map(({ id }) => id);
      // Some of this may be encoded only after it was granted.
      let grant = await grantOf(trackIds);
      await eventually(
        () => ask(`SELECT FROM renditions WHERE codec = 'opus' AND bitrate_kbps = 160 AND state = 'ready'`),
        (rows) => rows.length === TRACKS,
      );
      await pause(500);
      const worker = workerOf(music.pid);

      await line.cut();
      const cutAt = performance.now();
      const awaySeconds = (): number => (performance.now() - cutAt) / 1000;
      const waiting = grant.items.flatMap((_, at) =>
        addressesOf(grant, at).map((_address, n) => ({ at, n })),
      );
      const parts = grant.items.map((): Buffer[] => []);
      const atOther = music.client.at(other.url);
      const everyMs = (AWAY_SECONDS * 1000) / waiting.length;
      for (const { at, n } of waiting) {
        if (awaySeconds() < RENEWED_SECONDS) {
          grant = await grantOf(trackIds, n % 2 === 0 ? atOther : music.client);
          for (const url of [music.url, other.url])
            expect((await fetch(new URL(grant.dash, url))).status).toBe(200);
        }
        const address = addressesOf(grant, at)[n] ?? '';
        const bytes = await music.bytes(address);
        expect((await bytesOfOther(address)).equals(bytes)).toBe(true);
        parts[at]?.push(bytes);
        for (const path of ['/api/albums', '/api/tracks?limit=1']) {
          const answer = await music.client.request('GET', path);
          expect(answer.headers.get('content-type')).toMatch('application/problem+json');
          expect(answer.status).toBe(503);
          expect(await answer.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
        }
        await pause(everyMs);
      }
      expect(awaySeconds()).toBeGreaterThanOrEqual(AWAY_SECONDS);
      for (const [at, item] of grant.items.entries()) {
        await music.tones.write(`played-${at}.mp4`, Buffer.concat(parts[at] ?? []));
        // Two channels of two bytes; a decoder may leave the last frame whole.
        const samples = (await music.tones.pcm(`played-${at}.mp4`)).length / 4;
        expect(samples).toBeGreaterThanOrEqual(item.samples);
        expect(samples).toBeLessThan(item.samples + item.frameSamples);
      }

      await line.mend();
      await eventually(
        async () => (await music.client.request('GET', '/api/albums')).status,
        (status) => status === 200,
      );
      expect(workerOf(music.pid).pid).toBe(worker.pid);
      await eventually(
        async () => (await music.client.request('POST', '/api/library/scan')).status,
        (status) => status === 202,
      );
      await music.settled();
      // What was being encoded is taken up again.
      await eventually(
        () => ask(`SELECT FROM renditions WHERE state = 'encoding' AND lease_expires_at < now()`),
        (rows) => rows.length === 0,
      );
      expect(await fsckWith({ DATABASE_URL: postgres.url }, music.dataDir)).toMatchObject({
        code: 0,
        lines: [],
      });
    },
    120_000 + AWAY_SECONDS * 2000,
  );
});
