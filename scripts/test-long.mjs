import './lib/require-node.mjs';
import { findChromium } from './lib/chromium.mjs';
import { runStage } from './lib/jest.mjs';
import { ready } from './lib/setup.mjs';
import { closingLine, sum } from './lib/stages.mjs';
import { main, say } from './lib/words.mjs';

/** What `npm test` runs small, in its full size; what is set already wins. */
const SIZES = {
  KANADE_FAULT_KILLS: '200',
  KANADE_FAULT_SWEEP: '1000',
  KANADE_FAULT_AWAY_SECONDS: '300',
};

/** What is heard in real time has the machine to itself; then every ugly file at hand; then what is broken on purpose. */
const STAGES = [
  { name: 'the joins of any two formats', projects: ['long'], files: 'e2e/long/' },
  { name: 'every file at hand', projects: ['long'], files: 'test/long/' },
  {
    name: 'faults',
    projects: ['db', 'e2e'],
    files: '-faults|e2e/(embedded-postgres|faults|away|paused|clock|broken-copies|fsck)',
  },
];

await main(async () => {
  const node = await ready();
  Object.assign(process.env, { ...SIZES, ...process.env });
  const chromium = await findChromium(node);
  if (chromium !== undefined) process.env.KANADE_CHROMIUM = chromium.path;
  const results = [];
  for (const stage of STAGES) {
    const began = Date.now();
    const result = await runStage(node, stage, ['--testPathPatterns', stage.files, ...process.argv.slice(2)]);
    results.push(result);
    say(`${stage.name}: ${closingLine(result.counts)}, ${Math.round((Date.now() - began) / 60_000)} min`);
    // Interrupted by the person.
    if (result.code > 128) break;
  }
  say(closingLine(sum(results.map(({ counts }) => counts))));
  return results.some(({ code }) => code !== 0) ? 1 : 0;
});
