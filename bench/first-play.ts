import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { log } from '../backend/dist/common/log.js';
import { findFfmpeg, type FfmpegTools } from '../backend/dist/media/find-ffmpeg.js';
import { FRAGMENT_SECONDS, LADDER, type Rung } from '../backend/dist/media/ladder.js';
import { segmentPrefix } from '../backend/dist/streaming/media-path.js';
import { chunkCount, firstSegmentOf } from '../backend/dist/transcode/chunks.js';
import { predictedTimeline } from '../backend/dist/transcode/timeline.js';
import { openHouse, type House } from './first-play/house.ts';
import { rawSegment, serveFile } from './first-play/raw.ts';
import { addTrack, makeSong } from './first-play/tracks.ts';
import { median } from './scan/cpu.ts';
import { startScratchServer } from './scan/server.ts';
import type { Figure } from './report/figure.ts';

/** Goal 10: a track that nobody encoded, heard from its beginning and from its end, and heard again. */

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '180' },
    rounds: { type: 'string', default: '5' },
    'long-seconds': { type: 'string', default: '3600' },
  },
});
const SECONDS = Number(options.seconds);
const LONG_SECONDS = Number(options['long-seconds']);
const ROUNDS = Number(options.rounds);
const REPLAYS = 200;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const get = async (url: string): Promise<Buffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}: ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
};

/** One track and rung, whose rendition is made anew in each round. */
class Play {
  private readonly house: House;
  private readonly tools: FfmpegTools;
  private readonly trackId: string;
  private readonly rung: Rung;
  private readonly name: string;
  private readonly seconds: number;

  constructor(house: House, tools: FfmpegTools, trackId: string, rung: Rung, name: string, seconds: number) {
    this.house = house;
    this.tools = tools;
    this.trackId = trackId;
    this.rung = rung;
    this.name = name;
    this.seconds = seconds;
  }

  async run(): Promise<Figure[]> {
    const last = Math.floor(this.seconds / FRAGMENT_SECONDS) - 2;
    const near = await this.rounds(0);
    const far = await this.rounds(last);
    const replays = await this.replays();
    return [
      goal(`${this.name}, first segment`, near, 1.2, 100),
      goal(`${this.name}, far seek`, far, 1.5, 300),
      goal(`${this.name}, replay`, replays, 1.05, 0),
    ];
  }

  /** The first segment, and the first of the last chunk. */
  async runLong(): Promise<Figure[]> {
    const timeline = predictedTimeline(this.rung.codec, await this.house.sources.get(this.trackId));
    const begin = firstSegmentOf(chunkCount(timeline) - 1);
    return [
      goal(`${this.name}, first segment`, await this.rounds(0), 1.2, 100),
      goal(`${this.name}, last chunk`, await this.rounds(begin), 1.5, 300),
    ];
  }

  private async rounds(index: number): Promise<[number[], number[]]> {
    const both: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) await this.compare(index, both);
    return both;
  }

  /** Ours and ffmpeg alone, one after the other; the rest of the encode is over before either begins. */
  private async compare(index: number, into: [number[], number[]]): Promise<void> {
    await this.house.forgetRenditions(this.trackId);
    const urls = await this.urls(index);
    into[0].push(await timed(() => Promise.all(urls.map(get))));
    await this.whenReady();
    const source = await this.house.sources.get(this.trackId);
    into[1].push(await rawSegment(this.tools, source, this.rung, index * FRAGMENT_SECONDS));
  }

  private async urls(index: number): Promise<string[]> {
    // A player has the grant before somebody presses play.
    const { dash } = await this.house.grants.track(this.trackId, 'bench', null);
    const base = `${segmentPrefix(await this.house.sources.get(this.trackId))}${this.rung.name}/`;
    const query = dash.slice(dash.indexOf('?'));
    return ['init.mp4', `${index}.m4s`].map((name) => `${this.house.origin}${base}${name}${query}`);
  }

  /** Until nothing is being encoded that was asked for. */
  private async whenReady(): Promise<void> {
    for (;;) {
      const rows = await this.house.renditions.findOfTracks([this.trackId]);
      const failed = rows.find(({ state }) => state === 'failed');
      if (failed !== undefined) throw new Error(failed.error ?? 'failed');
      if (rows.every(({ state, wantedAt }) => state !== 'encoding' && wantedAt === null)) return;
      await pause(20);
    }
  }

  private async replays(): Promise<[number[], number[]]> {
    const [, url = ''] = await this.urls(1);
    const bytes = await get(url);
    const copy = join(scratch, 'segment.m4s');
    writeFileSync(copy, bytes);
    const plain = await serveFile(copy);
    const both: [number[], number[]] = [[], []];
    for (let round = 0; round < REPLAYS; round++) {
      const ours = timed(() => get(url));
      both[0].push(await ours);
      both[1].push(await timed(() => get(plain.url)));
    }
    await plain.close();
    return both;
  }
}

const goal = (
  name: string,
  [ours, theirs]: readonly [readonly number[], readonly number[]],
  factor: number,
  plusMs: number,
): Figure => {
  const [figure, anchor] = [median(ours), median(theirs)];
  return {
    name,
    figure,
    anchor,
    unit: 'ms',
    ratio: figure / anchor,
    goal: `at most ${factor}x${plusMs > 0 ? ` + ${plusMs} ms` : ''}`,
    met: figure <= anchor * factor + plusMs,
  };
};

log.level = 'silent';
const scratch = mkdtempSync(join(tmpdir(), 'kanade-bench-first-play-'));
// Started as root, Postgres runs as another user, who must get to his folder.
chmodSync(scratch, 0o755);
try {
  const tools = await findFfmpeg();
  const server = await startScratchServer(scratch);
  const house = await openHouse(await server.makeDatabase('first_play'), join(scratch, 'store'), tools);
  const figures: Figure[] = [];
  try {
    for (const kind of ['flac', 'mp3']) {
      say(`a ${kind} file of ${SECONDS} s`);
      const trackId = await addTrack(house.db, tools, makeSong(tools, scratch, `song.${kind}`, SECONDS));
      const rungs = LADDER.filter(
        (rung) => rung.bitrateKbps === 160 || (kind === 'flac' && rung.codec === 'flac'),
      );
      for (const rung of rungs)
        figures.push(
          ...(await new Play(house, tools, trackId, rung, `${kind} to ${rung.name}`, SECONDS).run()),
        );
    }
    for (const kind of LONG_SECONDS > 0 ? ['flac', 'mp3'] : []) {
      say(`a ${kind} file of ${LONG_SECONDS} s`);
      const trackId = await addTrack(house.db, tools, makeSong(tools, scratch, `long.${kind}`, LONG_SECONDS));
      const rungs = LADDER.filter(
        (rung) => rung.bitrateKbps === 160 || (kind === 'flac' && rung.codec === 'flac'),
      );
      for (const rung of rungs) {
        const name = `${LONG_SECONDS} s of ${kind} to ${rung.name}`;
        figures.push(...(await new Play(house, tools, trackId, rung, name, LONG_SECONDS).runLong()));
      }
    }
  } finally {
    await house.close();
    await server.stop();
  }
  for (const { name, figure, anchor, unit, ratio, goal: aim, met } of figures)
    process.stdout.write(
      `${met ? 'met   ' : 'MISSED'} ${name}: ${figure.toFixed(1)} against ${anchor.toFixed(1)} ${unit}, ${ratio.toFixed(2)}x (goal: ${aim})\n`,
    );
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ bench: 'first-play', figures }, null, 2)}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
