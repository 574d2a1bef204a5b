import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { log } from '../backend/dist/common/log.js';
import { measureBrowse, type Measured, type Spent } from './browse/measure.ts';
import { fillCatalogue } from './catalogue/fill.ts';
import type { Figure } from './report/figure.ts';
import { startScratchServer } from './scan/server.ts';

/** Every sort of every list: its last page beside its first, and beside the same page by OFFSET, in the same run. */

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, tracks: { type: 'string', default: '100000,1000000' } },
});

const beside = (
  name: string,
  figure: Spent,
  anchor: Spent,
  { goal, most, note }: { readonly goal: string; readonly most: number; readonly note?: string },
): Figure => {
  const ratio = figure.cpuMs / anchor.cpuMs;
  const byTheClock = `by the clock ${figure.clockMs.toFixed(1)} to ${anchor.clockMs.toFixed(1)} ms, ${(figure.clockMs / anchor.clockMs).toFixed(3)}x`;
  return {
    name,
    figure: figure.cpuMs,
    anchor: anchor.cpuMs,
    unit: 'ms of a processor',
    ratio,
    goal,
    met: ratio <= most,
    note: note === undefined ? byTheClock : `${byTheClock}; ${note}`,
  };
};

/** Of so few rows an OFFSET costs nothing. */
const FEW = 1000;

const figuresOf = (tracks: number, found: Measured): Figure[] => {
  const { list, sort, rows, first, deepest, offset, half, smallest } = found;
  const name = `${list} by ${sort}, ${rows} of a catalogue of ${tracks} tracks`;
  const isShort = rows < FEW;
  return [
    beside(`${name}: the last page beside the first`, deepest, first, {
      goal: 'at most 1.2',
      most: 1.2,
      note: `the first page of who sees half of the libraries ${half.cpuMs.toFixed(2)} ms of a processor, the smallest alone ${smallest.cpuMs.toFixed(2)}`,
    }),
    beside(`${name}: the last page beside OFFSET`, deepest, offset, {
      goal: isShort ? 'none: to pass by so few rows costs no more than to show fifty' : 'at most 1/20',
      most: isShort ? Infinity : 0.05,
      note: `the first page, which passes nothing by, is 1/${(offset.cpuMs / first.cpuMs).toFixed(1)} of it`,
    }),
  ];
};

log.level = 'silent';
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const scratch = mkdtempSync(join(tmpdir(), 'kanade-bench-browse-'));
// Started as root, Postgres runs as another user, who must get to his folder.
chmodSync(scratch, 0o755);
try {
  const server = await startScratchServer(scratch);
  try {
    const figures: Figure[] = [];
    for (const tracks of options.tracks.split(',').map(Number)) {
      say(`a catalogue of ${tracks} tracks`);
      const url = await server.makeDatabase(`browse_${tracks}`);
      await fillCatalogue(url, { tracks });
      for (const found of await measureBrowse(url, say)) figures.push(...figuresOf(tracks, found));
    }
    for (const { name, figure, anchor, unit, ratio, goal, met, note } of figures)
      process.stdout.write(
        `${met ? 'met   ' : 'MISSED'} ${name}: ${figure.toFixed(2)} against ${anchor.toFixed(2)} ${unit}, ${ratio.toFixed(3)}x (goal: ${goal})\n${note === undefined ? '' : `       ${note}\n`}`,
      );
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify({ bench: 'browse', figures }, null, 2)}\n`);
  } finally {
    await server.stop();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
