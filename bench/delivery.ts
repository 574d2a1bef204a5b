import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { log } from '../backend/dist/common/log.js';
import { signedQuery, signingKey, type SigningKey } from '../backend/dist/streaming/signing.js';
import { fullLoad, type Steady } from './delivery/load.ts';
import { makeObjects } from './delivery/objects.ts';
import {
  startCountingOrigin,
  startKanadeNginx,
  startNginx,
  startNode,
  type TestedServer,
} from './delivery/servers.ts';
import { compare, compareSteady, printLoads, printedSteady, type Tested } from './delivery/verdicts.ts';
import { startScratchServer } from './scan/server.ts';
import type { Figure } from './report/figure.ts';

/** Goals 1 to 4: what a segment costs us, our nginx, nginx' sendfile and Nest's StreamableFile, in one run. */

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    /** A segment of ours: 4 s at 160 kbps. */
    bytes: { type: 'string', default: '80000' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    listeners: { type: 'string', default: '1500' },
  },
});
const SECONDS = Number(options.seconds);
const ROUNDS = Number(options.rounds);
const LISTENERS = Number(options.listeners);
const PERIOD_MS = 4000;
const TRACKS = 20;
const SEGMENTS = 25;
const WARM_UP_REQUESTS = 40_000;
const WARM_UP_LIMIT_MS = 25_000;
/** So many listeners ask for so many segments. */
const CROWD = 20;
const CROWDED = 100;
/** Those of wrk. */
const CONNECTIONS = 32;
const CACHE_BYTES = 256 * 2 ** 20;
/** As scripts/lib/server.mjs starts the server. */
const NODE_OPTIONS = ['--max-semi-space-size=8'];
/** nginx and ours by turns: one pass alone is at the mercy of what else the machine does just then. */
const STEADY_TURNS = 3;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const run = async (
  scratch: string,
  servers: TestedServer[],
): Promise<{ figures: Figure[]; details: unknown }> => {
  const database = await startScratchServer(scratch);
  servers.push({ pid: 0, port: 0, stop: () => database.stop() });
  const url = await database.makeDatabase('delivery');
  const secret = randomBytes(32);
  const [store, files] = [join(scratch, 'store'), join(scratch, 'files')];
  const { signed, plain } = await makeObjects(url, signingKey(secret), {
    store,
    files,
    tracks: TRACKS,
    segments: SEGMENTS,
    bytes: Number(options.bytes),
  });
  const [signedFile, plainFile] = [join(scratch, 'signed.txt'), join(scratch, 'plain.txt')];
  writeFileSync(signedFile, `${signed.join('\n')}\n`);
  writeFileSync(plainFile, `${plain.join('\n')}\n`);
  const test = async (name: string, paths: string, starting: Promise<TestedServer>): Promise<Tested> => {
    const server = await starting;
    servers.push(server);
    return { name, server, paths, loads: [] };
  };
  const ours = (cacheBytes: number): Promise<TestedServer> =>
    startNode('our-server.ts', [url, store, secret.toString('hex'), String(cacheBytes)], NODE_OPTIONS);
  const nginx = await test('nginx sendfile', plainFile, startNginx(scratch, files));
  const hot = await test('ours, signed, hot', signedFile, ours(CACHE_BYTES));
  const cold = await test('ours, signed, cold', signedFile, ours(0));
  const streamable = await test('Nest StreamableFile', plainFile, startNode('streamable-server.ts', [files]));
  const behind = await test(
    'nginx of deploy/nginx, signed',
    signedFile,
    startKanadeNginx(join(scratch, 'behind'), hot.server.port, secret),
  );
  // Goals of nobody: how little Node's http can cost, from memory and from files.
  const bare = (place: string): Promise<TestedServer> =>
    startNode('bare-server.ts', [files, place], NODE_OPTIONS);
  const bareHot = await test('bare Node http, memory', plainFile, bare('memory'));
  const bareCold = await test('bare Node http, async read', plainFile, bare('files'));
  const all = [nginx, hot, cold, bareHot, bareCold, behind, streamable];

  say('warming up');
  for (const { server, paths } of all) await warmUp(server, paths, scratch);
  for (let round = 1; round <= ROUNDS; round += 1) {
    say(`round ${round}`);
    for (const { name, server, paths, loads } of all) {
      const load = await fullLoad(server, paths, SECONDS, scratch);
      if (load.failed > 0) throw new Error(`${name} failed ${load.failed} requests`);
      loads.push(load);
    }
  }
  printLoads(all, { bytes: options.bytes, rounds: ROUNDS, seconds: SECONDS });

  say(`${LISTENERS} listeners`);
  const pace = { listeners: LISTENERS, seconds: 12, periodMs: PERIOD_MS };
  const nginxSteady: Steady[] = [];
  const hotSteady: Steady[] = [];
  print(`${LISTENERS} steady listeners, a segment every ${PERIOD_MS / 1000} s, by turns`);
  for (let turn = 0; turn < STEADY_TURNS; turn += 1) {
    nginxSteady.push(await printedSteady(nginx, pace));
    hotSteady.push(await printedSteady(hot, pace));
  }

  const origin = await startCountingOrigin(Number(options.bytes));
  servers.push(origin);
  const proxy = await startKanadeNginx(join(scratch, 'before'), origin.port, secret);
  servers.push(proxy);
  const crowdFile = join(scratch, 'crowd.txt');
  writeFileSync(crowdFile, `${crowdOf(signed.slice(0, CROWDED), signingKey(secret)).join('\n')}\n`);
  const crowd = await fullLoad({ ...proxy }, crowdFile, 2 * SECONDS, scratch);
  const asked = await origin.asked();
  // Each is named by all of the crowd before the next, at the end by answers that were still on their way.
  const objects = Math.min(CROWDED, Math.ceil((crowd.requests + CONNECTIONS) / CROWD));
  const caching: Figure = {
    name: `origin requests for ${objects} segments asked for ${crowd.requests} times by ${CROWD} listeners`,
    figure: asked,
    anchor: objects,
    unit: 'requests',
    ratio: asked / objects,
    goal: 'at most 1.01 an object, none failed',
    met: crowd.failed === 0 && asked / objects <= 1.01,
  };

  return {
    figures: [
      compare(hot, nginx, 2.5, 'at most 2.5x'),
      compare(cold, nginx, 4.5, 'at most 4.5x'),
      compare(hot, streamable, 1 / 8, 'at most 1/8'),
      compare(cold, streamable, 1 / 8, 'at most 1/8'),
      compare(behind, nginx, 1.2, 'at most 1.2x'),
      compareSteady(LISTENERS, hotSteady, nginxSteady),
      caching,
    ],
    details: { loads: all.map(({ name, loads }) => ({ name, loads })), nginxSteady, hotSteady },
  };
};

/** The same segments as many listeners ask for them: each with a signature of their own, one after the other. */
const crowdOf = (signed: readonly string[], key: SigningKey): readonly string[] => {
  const expiresAtSeconds = Math.floor(Date.now() / 1000) + 7200;
  return signed.flatMap((url) => {
    const path = url.split('?', 1)[0] ?? '';
    const prefix = /^\/media\/[^/]+\//.exec(path)?.[0] ?? '';
    return Array.from({ length: CROWD }, (_, at) => {
      const query = signedQuery(key, { prefix, holder: `listener-${at}`, expiresAtSeconds });
      return `${path}?${query}`;
    });
  });
};

/** Until the compiler has seen enough: on a busy machine that is a matter of requests, not of seconds. */
const warmUp = async (server: TestedServer, paths: string, scratch: string): Promise<void> => {
  const end = Date.now() + WARM_UP_LIMIT_MS;
  for (let requests = 0; requests < WARM_UP_REQUESTS && Date.now() < end;)
    requests += (await fullLoad(server, paths, 2, scratch)).requests;
};

/** What must be there, said before anything starts. */
const requirePrograms = (): void => {
  const missing = ['nginx', 'wrk'].filter((name) => {
    try {
      execFileSync(name, ['-v'], { stdio: 'ignore' });
      return false;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOENT';
    }
  });
  if (missing.length === 0) return;
  say(`This bench needs ${missing.join(' and ')}: apt-get install nginx-light libnginx-mod-http-lua wrk`);
  process.exit(1);
};

log.level = 'silent';
requirePrograms();
const scratch = mkdtempSync(join(tmpdir(), 'kanade-bench-delivery-'));
// Started as root, Postgres runs as another user, who must get to his folder.
chmodSync(scratch, 0o755);
const servers: TestedServer[] = [];
try {
  const { figures, details } = await run(scratch, servers);
  for (const { name, figure, anchor, unit, ratio, goal, met, note } of figures)
    print(
      `${met ? 'met   ' : 'MISSED'} ${name}: ${figure.toFixed(1)} against ${anchor.toFixed(1)} ${unit}, ` +
        `${ratio.toFixed(3)}x (goal: ${goal})${note === undefined ? '' : `; ${note}`}`,
    );
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ bench: 'delivery', figures, details }, null, 2)}\n`);
} finally {
  for (const server of servers.reverse()) await server.stop();
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
