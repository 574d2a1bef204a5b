import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { AnalysisThreads } from '../backend/dist/media/analysis-threads.js';
import { measure } from '../backend/dist/media/facts.js';
import { findFfmpeg } from '../backend/dist/media/find-ffmpeg.js';
import { makeSong } from './first-play/tracks.ts';
import type { Figure } from './report/figure.ts';
import { median } from './scan/cpu.ts';

/** What the facts of a track cost: the worker's measuring, beside ffmpeg that only decodes, or decodes and meters. */

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '180' },
    rounds: { type: 'string', default: '5' },
  },
});
const SECONDS = Number(options.seconds);
const ROUNDS = Number(options.rounds);
const run = promisify(execFile);

/** CPU seconds of this process, its threads and its children that ended, in hundredths; Linux only. */
const spent = (): number => {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / 100;
};

const costOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = spent();
  await work();
  return spent() - before;
};

const scratch = mkdtempSync(join(tmpdir(), 'kanade-bench-facts-'));
const threads = new AnalysisThreads();
try {
  const tools = await findFfmpeg();
  const figures: Figure[] = [];
  for (const name of ['song.flac', 'song.mp3']) {
    const song = makeSong(tools, scratch, name, SECONDS);
    const alone = (...args: readonly string[]): Promise<unknown> =>
      run(tools.ffmpegPath, [
        '-nostdin',
        '-v',
        'error',
        '-i',
        song,
        '-map',
        '0:a:0',
        ...args,
        '-f',
        'null',
        '-',
      ]);
    const costs = { ours: [] as number[], decode: [] as number[], meter: [] as number[] };
    await measure(tools, song, { openAnalyst: threads.open });
    for (let round = 0; round < ROUNDS; round++) {
      costs.ours.push(await costOf(() => measure(tools, song, { openAnalyst: threads.open })));
      costs.decode.push(await costOf(() => alone()));
      costs.meter.push(await costOf(() => alone('-af', 'ebur128=peak=true:framelog=verbose')));
    }
    const figure = median(costs.ours);
    for (const [anchorName, anchor, most] of [
      ['ffmpeg decoding alone', median(costs.decode), 10],
      ['ffmpeg with its loudness meter alone', median(costs.meter), 3],
    ] as const)
      figures.push({
        name: `all facts of ${name}, ${SECONDS} s, beside ${anchorName}`,
        figure,
        anchor,
        unit: 'CPU-s',
        ratio: figure / anchor,
        goal: `at most ${most}`,
        met: figure / anchor <= most,
      });
  }
  for (const each of figures)
    process.stdout.write(
      `${each.name}: ${each.figure.toFixed(2)} to ${each.anchor.toFixed(2)} ${each.unit}, ratio ${each.ratio.toFixed(2)} (${each.goal})\n`,
    );
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(figures, null, 2));
} finally {
  threads.close();
  rmSync(scratch, { recursive: true, force: true });
}
