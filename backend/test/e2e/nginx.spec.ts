import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signedQuery, signingKey } from '../../src/streaming/signing.js';
import { TestNginx, nginxMissing } from '../support/nginx.js';

const SECRET = Buffer.alloc(32, 7);
const KEY = signingKey(SECRET);
const TRACK = '/media/0195e9d2-0000-7000-8000-000000000001/';
const SEGMENTS = `${TRACK}0123456789ab/opus-160/`;

const queryOf = (holder: string, prefix = TRACK, seconds = 600, key = KEY): string =>
  signedQuery(key, { prefix, holder, expiresAtSeconds: Math.floor(Date.now() / 1000) + seconds });

const missing = nginxMissing();
if (missing !== null) {
  if (process.env.KANADE_REQUIRE_NGINX === '1') throw new Error(missing);
  process.stderr.write(`Skipped: ${missing}, so what stands before the server is not tested.\n`);
}

(missing === null ? describe : describe.skip)('nginx before the server', () => {
  let nginx: TestNginx;
  beforeAll(async () => {
    nginx = await TestNginx.start(SECRET.toString('hex'), (path) => Buffer.from(path.repeat(500)), 200);
  });
  afterAll(() => nginx.close());

  const asked = (name: string): number => nginx.asked.filter((path) => path.endsWith(name)).length;

  it('refuses every changed or expired signature and does not ask the server', async () => {
    const path = `${SEGMENTS}900.m4s`;
    const right = queryOf('a-listener');
    const changed = Array.from({ length: right.length }, (_, at) => {
      const other = right[at] === 'A' ? 'B' : 'A';
      return `${right.slice(0, at)}${other}${right.slice(at + 1)}`;
    });
    const otherTrack = queryOf('a-listener', TRACK.replace('1/', '2/'));
    const wrong = ['', queryOf('a-listener', TRACK, -1), otherTrack, `${right}&x=1`, ...changed];
    for (const query of wrong)
      expect([query, (await nginx.get(`${path}?${query}`)).status]).toEqual([query, 403]);
    // The same place in another spelling is nothing that was signed.
    expect((await nginx.get(`${path.replace('m4s', 'm4%73')}?${right}`)).status).toBe(403);
    expect(asked('900.m4s')).toBe(0);
  });

  it('asks the server once for a segment that many want at the same moment', async () => {
    const path = `${SEGMENTS}1.m4s`;
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => nginx.get(`${path}?${queryOf(`listener-${index}`)}`)),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe(path.repeat(500));
    }
    expect(asked('/1.m4s')).toBe(1);
  });

  it('answers the next listener from its cache, whatever their signature', async () => {
    const path = `${SEGMENTS}full/2.m4s`;
    const first = await nginx.get(`${path}?${queryOf('one')}`);
    const second = await nginx.get(`${path}?${queryOf('another', TRACK, 300)}`);
    expect([first.headers.get('x-cache'), second.headers.get('x-cache')]).toEqual(['MISS', 'HIT']);
    expect(second.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await second.text()).toBe(await first.text());
    expect(asked('full/2.m4s')).toBe(1);
  });

  it('refuses a cached segment without a signature', async () => {
    const path = `${SEGMENTS}3.m4s`;
    expect((await nginx.get(`${path}?${queryOf('one')}`)).status).toBe(200);
    expect((await nginx.get(path)).status).toBe(403);
  });

  it('remembers what it found right until that ends, and nothing beside it', async () => {
    const path = `${SEGMENTS}4.m4s`;
    const seconds = 4;
    const right = queryOf('a-listener', TRACK, seconds);
    const ends = Date.now() + seconds * 1000;
    expect((await nginx.get(`${path}?${right}`)).status).toBe(200);
    for (const query of [right.replace('a-l', 'b-l'), right.replace(/.$/, (at) => (at === 'A' ? 'B' : 'A'))])
      expect([query, (await nginx.get(`${path}?${query}`)).status]).toEqual([query, 403]);
    expect((await nginx.get(`${path.replace('1/', '2/')}?${right}`)).status).toBe(403);
    while ((await nginx.get(`${path}?${right}`)).status === 200 && Date.now() < ends + 2000)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await nginx.get(`${path}?${right}`)).status).toBe(403);
  }, 15_000);

  it('refuses a revoked holder within half a minute, and nobody else, and takes a key that was added', async () => {
    const path = `${SEGMENTS}5.m4s`;
    const revoked = queryOf('leaver_0123456789abcdef');
    const added = Buffer.alloc(32, 8);
    expect((await nginx.get(`${path}?${revoked}`)).status).toBe(200);
    await appendFile(join(nginx.folder, 'key'), `${added.toString('hex')}\n`);
    await appendFile(join(nginx.folder, 'revoked'), `leaver ${Math.floor(Date.now() / 1000) + 700}\n`);
    const end = Date.now() + 30_000;
    while ((await nginx.get(`${path}?${revoked}`)).status === 200 && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await nginx.get(`${path}?${revoked}`)).status).toBe(403);
    // What is signed in two names ends with either.
    for (const both of ['leaver_0123456789abcdef.stayer_1', 'stayer_1.leaver_0123456789abcdef'])
      expect([both, (await nginx.get(`${path}?${queryOf(both)}`)).status]).toEqual([both, 403]);
    expect((await nginx.get(`${path}?${queryOf('stayer_1.stayer_2')}`)).status).toBe(200);
    expect((await nginx.get(`${path}?${queryOf('leaver-2')}`)).status).toBe(200);
    const byAdded = queryOf('leaver-2', TRACK, 600, signingKey(added));
    expect((await nginx.get(`${path}?${byAdded}`)).status).toBe(200);
  }, 40_000);
});
