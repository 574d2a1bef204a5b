import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { log } from '../backend/dist/common/log.js';
import { measureBrowse, type Measured } from './browse/measure.ts';
import { fillCatalogue } from './catalogue/fill.ts';
import type { Figure } from './report/figure.ts';
import { startScratchServer } from './scan/server.ts';

/** Every sort of every list: its last page beside its first, and beside the same page by OFFSET, in the same run. */

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, tracks: { type: 'string', default: '100000,1000000' } },
});

/** Of so few rows an OFFSET costs nothing. */
const FEW = 1000;

const figuresOf = (tracks: number, found: Measured): Figure[] => {
  const { list, sort, rows, firstMs, deepestMs, offsetMs, halfMs, smallestMs } = found;
  const name = `${list} by ${sort}, ${rows} of a catalogue of ${tracks} tracks`;
  const seen = `the first page of who sees half of the libraries ${halfMs.toFixed(1)} ms, the smallest alone ${smallestMs.toFixed(1)} ms`;
  return [
    {
      name: `${name}: the last page beside the first`,
      figure: deepestMs,
      anchor: firstMs,
      unit: 'ms',
      ratio: deepestMs / firstMs,
      goal: 'at most 1.2',
      met: deepestMs / firstMs <= 1.2,
      note: seen,
    },
    ...(rows < FEW
      ? []
      : [
          {
            name: `${name}: the last page beside OFFSET`,
            figure: deepestMs,
            anchor: offsetMs,
            unit: 'ms',
            ratio: deepestMs / offsetMs,
            goal: 'at most 1/20',
            met: deepestMs / offsetMs <= 0.05,
          },
        ]),
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
