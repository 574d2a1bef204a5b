import { spawn } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  lstatSync,
  renameSync,
  mkdirSync,
  rmSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { log } from '../backend/dist/common/log.js';
import { findFfmpeg } from '../backend/dist/media/find-ffmpeg.js';
import { parseAlone } from './scan/anchor.ts';
import { median, spentBy, type Spent } from './scan/cpu.ts';
import { openFirstPass } from './scan/ingest.ts';
import { fillCatalogue } from './catalogue/fill.ts';
import { makeMusic } from './scan/music.ts';
import { startScratchServer, type ScratchServer } from './scan/server.ts';
import type { Figure } from './report/figure.ts';

/** Goal 5: what the first pass, a rescan, an addition and a kill cost, each beside its anchor of the same run. */

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    files: { type: 'string', default: '10000' },
    rows: { type: 'string', default: '1000000' },
  },
});
const FILES = Number(options.files);
const ROWS = Number(options.rows);
const ADDED = Math.min(1000, Math.floor(FILES / 4));
const RESCANS = 5;
const ADDITIONS = 3;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const bareWalk = (folder: string): number => {
  let files = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files += bareWalk(path);
    else files += lstatSync(path).isFile() ? 1 : 0;
  }
  return files;
};

const total = ({ own, postgres }: Spent): number => own + postgres;

const run = async (scratch: string, server: ScratchServer): Promise<Figure[]> => {
  const tools = await findFfmpeg();
  const music = join(scratch, 'music');
  say(`making ${FILES} tagged files`);
  makeMusic(tools.ffmpegPath, music, FILES);
  const paths = filesBelow(music);
  const measure = (work: () => Promise<unknown>): Promise<Spent> => spentBy(server.postmaster, work);

  say('first pass, and music-metadata on the same files before and after it');
  const parseAll = (): Promise<Spent> => measure(() => parseAlone(paths));
  const url = await server.makeDatabase('first_pass');
  const pass = await openFirstPass(url, tools);
  await parseAlone(paths.slice(0, 10));
  const parsed = [await parseAll()];
  const first = await measure(() => pass.scan(music));
  parsed.push(await parseAll());
  const parsing = (parsed[0]?.own ?? 0) / 2 + (parsed[1]?.own ?? 0) / 2;

  say('rescans without a change');
  const walks: number[] = [];
  const rescans: Spent[] = [];
  const TIMES = 20;
  for (let round = 0; round < RESCANS; round += 1) {
    const walked = await measure(() => {
      for (let time = 0; time < TIMES; time += 1) bareWalk(music);
      return Promise.resolve();
    });
    walks.push(walked.own / TIMES);
    const spent = await measure(async () => {
      for (let time = 0; time < TIMES; time += 1) await pass.scan(music);
    });
    rescans.push({ own: spent.own / TIMES, postgres: spent.postgres / TIMES });
  }
  await pass.close();
  const rescan = {
    own: median(rescans.map(({ own }) => own)),
    postgres: median(rescans.map(({ postgres }) => postgres)),
  };

  const kill = await killMidway(scratch, server, music);
  const added = await addFiles(scratch, server, music);

  const perSecond = FILES / first.own;
  const parsedPerSecond = FILES / parsing;
  const walk = median(walks);
  return [
    {
      name: 'first pass',
      figure: perSecond,
      anchor: parsedPerSecond,
      unit: 'files a CPU-second',
      ratio: perSecond / parsedPerSecond,
      goal: 'at least 0.5x music-metadata alone',
      met: perSecond / parsedPerSecond >= 0.5,
      note: `Postgres beside it: ${first.postgres.toFixed(1)} CPU-s to our ${first.own.toFixed(1)}; with it ${(FILES / total(first) / parsedPerSecond).toFixed(2)}x`,
    },
    {
      name: 'rescan without a change',
      figure: total(rescan) * 1000,
      anchor: walk * 1000,
      unit: 'CPU-ms, Postgres included',
      ratio: total(rescan) / walk,
      goal: 'at most 3x a bare stat walk',
      met: total(rescan) / walk <= 3,
      note: `our part ${(rescan.own * 1000).toFixed(0)} ms, Postgres ${(rescan.postgres * 1000).toFixed(0)} ms`,
    },
    added,
    kill,
  ];
};

/** Kills a scan at about its half, lets another one finish, and counts what was read twice. */
const killMidway = async (scratch: string, server: ScratchServer, music: string): Promise<Figure> => {
  say('kill -9 in the middle of a scan');
  const url = await server.makeDatabase('killed');
  const notes = join(scratch, 'read.txt');
  writeFileSync(notes, '');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const scanUntil = async (isEnough: () => Promise<boolean>): Promise<void> => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'scan', 'killed-scan.ts'), url, music, notes],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    let ended = false;
    const exit = new Promise<void>((resolve) =>
      child.once('exit', () => {
        ended = true;
        resolve();
      }),
    );
    while (!ended && !(await isEnough())) await new Promise((resolve) => setTimeout(resolve, 20));
    if (!ended) child.kill('SIGKILL');
    await exit;
  };
  const stored = async (): Promise<number> =>
    (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM files')).rows[0]?.n ?? 0;
  await scanUntil(async () => (await stored()) >= FILES / 2);
  const kept = await stored();
  await scanUntil(() => Promise.resolve(false));
  const whole = await stored();
  await client.end();
  const read = readFileSync(notes, 'utf8')
    .split('\n')
    .reduce((sum, line) => sum + Number(line), 0);
  const share = (read - FILES) / FILES;
  return {
    name: 'kill -9 in mid-scan',
    figure: read,
    anchor: FILES,
    unit: 'files read in all, for as many files',
    ratio: read / FILES,
    goal: 'at most 1 % read again, none lost',
    met: share <= 0.01 && whole === FILES,
    note: `killed with ${kept} stored; ${(share * 100).toFixed(2)} % read again; ${whole} of ${FILES} stored in the end`,
  };
};

/** The same files added to an empty library and to a large one, by turns. */
const addFiles = async (scratch: string, server: ScratchServer, music: string): Promise<Figure> => {
  say(`a catalogue of ${ROWS} rows`);
  const tools = await findFfmpeg();
  const large = await server.makeDatabase('large');
  await fillCatalogue(large, { tracks: ROWS });
  const folders = readdirSync(music).map((name) => join(music, name));
  const ratios: { empty: Spent; large: Spent }[] = [];
  for (let round = 0; round < ADDITIONS; round += 1) {
    say(`adding ${ADDED} files, round ${round + 1}`);
    const root = join(scratch, `added ${round}`);
    mkdirSync(root);
    for (let moved = 0; moved < ADDED;) {
      const folder = folders.pop();
      if (folder === undefined) break;
      moved += filesBelow(folder).length;
      renameSync(folder, join(root, `${moved}`));
    }
    const spend = async (url: string): Promise<Spent> => {
      const pass = await openFirstPass(url, tools);
      // The readers of tags start up outside of what is measured.
      mkdirSync(join(scratch, 'nothing'), { recursive: true });
      await pass.scan(join(scratch, 'nothing'));
      const spent = await spentBy(server.postmaster, () => pass.scan(root));
      await pass.close();
      return spent;
    };
    const empty = await server.makeDatabase(`empty_${round}`);
    ratios.push(
      round % 2 === 0
        ? { empty: await spend(empty), large: await spend(large) }
        : { large: await spend(large), empty: await spend(empty) },
    );
  }
  const ratio = median(ratios.map((pair) => total(pair.large) / total(pair.empty)));
  const own = median(ratios.map((pair) => pair.large.own / pair.empty.own));
  return {
    name: `${ADDED} files added to ${ROWS} tracks`,
    figure: median(ratios.map((pair) => total(pair.large))),
    anchor: median(ratios.map((pair) => total(pair.empty))),
    unit: 'CPU-s, Postgres included',
    ratio,
    goal: 'at most 1.2x adding them to an empty library',
    met: ratio <= 1.2,
    note: `our part alone ${own.toFixed(2)}x; Postgres ${median(ratios.map((pair) => pair.large.postgres)).toFixed(2)} to ${median(ratios.map((pair) => pair.empty.postgres)).toFixed(2)} CPU-s`,
  };
};

log.level = 'silent';
const scratch = mkdtempSync(join(tmpdir(), 'kanade-bench-scan-'));
// Started as root, Postgres runs as another user, who must get to his folder.
chmodSync(scratch, 0o755);
try {
  const server = await startScratchServer(scratch);
  try {
    const figures = await run(scratch, server);
    for (const { name, figure, anchor, unit, ratio, goal, met, note } of figures)
      process.stdout.write(
        `${met ? 'met   ' : 'MISSED'} ${name}: ${figure.toFixed(1)} against ${anchor.toFixed(1)} ${unit}, ${ratio.toFixed(2)}x (goal: ${goal})\n       ${note}\n`,
      );
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify({ bench: 'scan', figures }, null, 2)}\n`);
  } finally {
    await server.stop();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
