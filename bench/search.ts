import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { log } from '../backend/dist/common/log.js';
import { startScratchServer, type ScratchServer } from './scan/server.ts';
import type { Figure } from './report/figure.ts';
import { measureSearch, type Measured, type Times } from './search/measure.ts';

/** A query at every keystroke, visibility on: beside the plain text search query, of the same words, in the same run. */

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    tracks: { type: 'string', default: '100000,1000000' },
    queries: { type: 'string', default: '300' },
  },
});
const SIZES = options.tracks.split(',').map(Number);

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const beside = (ours: Times, plain: Times): string =>
  `p50 ${ours.p50.toFixed(2)} to ${plain.p50.toFixed(2)} ms, p95 ${ours.p95.toFixed(2)} to ${plain.p95.toFixed(2)}, longest ${ours.max.toFixed(0)} to ${plain.max.toFixed(0)}`;

const p99Figure = (name: string, ours: Times, plain: Times, note = ''): Figure => ({
  name,
  figure: ours.p99,
  anchor: plain.p99,
  unit: 'ms a keystroke',
  ratio: ours.p99 / plain.p99,
  goal: 'at most 1/5 of the plain prefix query at a million (1/10 hoped for)',
  met: ours.p99 / plain.p99 <= 0.2,
  note: `${beside(ours, plain)}${note}`,
});

const figuresOf = ({ tracks, ours, plain, agreement, build }: Measured): Figure[] => [
  p99Figure(
    `search of ${tracks} tracks, p99`,
    ours.clock,
    plain.clock,
    `; index built in ${build.seconds.toFixed(1)} s, process up to ${build.peakMb} MB, on disk ${build.indexMb} MB (the plain one ${build.plainMb})`,
  ),
  p99Figure(`the same in processor time of Postgres, ${tracks} tracks, p99`, ours.cpu, plain.cpu),
  {
    name: `the same hits, ${tracks} tracks`,
    figure: agreement.same,
    anchor: agreement.compared,
    unit: 'keystrokes',
    ratio: agreement.same / agreement.compared,
    goal: 'all but Japanese runs of three and more, and typos',
    met: agreement.differing.length === 0,
    note: `${agreement.excused} left out${agreement.differing.length === 0 ? '' : `; other hits for ${agreement.differing.slice(0, 5).join(', ')}`}`,
  },
];

const run = async (server: ScratchServer): Promise<Figure[]> => {
  const measured: Measured[] = [];
  for (const tracks of SIZES)
    measured.push(await measureSearch(server, { tracks, queries: Number(options.queries), say }));
  const [small, large] = [measured[0], measured.at(-1)];
  const growth: Figure[] =
    small === undefined || large === undefined || small === large
      ? []
      : [
          {
            name: `p99 of ${large.tracks} beside ${small.tracks} tracks`,
            figure: large.ours.clock.p99,
            anchor: small.ours.clock.p99,
            unit: 'ms a keystroke',
            ratio: large.ours.clock.p99 / small.ours.clock.p99,
            goal: 'at most 2',
            met: large.ours.clock.p99 / small.ours.clock.p99 <= 2,
            note: `the plain one ${(large.plain.clock.p99 / small.plain.clock.p99).toFixed(1)}; in processor time ${(large.ours.cpu.p99 / small.ours.cpu.p99).toFixed(2)}, the plain one ${(large.plain.cpu.p99 / small.plain.cpu.p99).toFixed(1)}`,
          },
        ];
  return [...measured.flatMap(figuresOf), ...growth];
};

log.level = 'silent';
const scratch = mkdtempSync(join(tmpdir(), 'kanade-bench-search-'));
// Started as root, Postgres runs as another user, who must get to his folder.
chmodSync(scratch, 0o755);
try {
  const server = await startScratchServer(scratch);
  try {
    const figures = await run(server);
    for (const { name, figure, anchor, unit, ratio, goal, met, note } of figures)
      process.stdout.write(
        `${met ? 'met   ' : 'MISSED'} ${name}: ${figure.toFixed(2)} against ${anchor.toFixed(2)} ${unit}, ${ratio.toFixed(3)}x (goal: ${goal})\n       ${note}\n`,
      );
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify({ bench: 'search', figures }, null, 2)}\n`);
  } finally {
    await server.stop();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
