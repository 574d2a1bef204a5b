import './lib/require-node.mjs';
import { findChromium } from './lib/chromium.mjs';
import { runStage } from './lib/jest.mjs';
import { ready } from './lib/setup.mjs';
import { closingLine, sum } from './lib/stages.mjs';
import { main, say, Trouble } from './lib/words.mjs';

/** What `npm test` runs small, in its full size; what is set already wins. */
const SIZES = {
  KANADE_FAULT_KILLS: '200',
  KANADE_FAULT_SWEEP: '1000',
  KANADE_FAULT_AWAY_SECONDS: '300',
};

/** What is heard in real time has the machine to itself; then every ugly file at hand; then what is broken on purpose. */
const STAGES = [
  { name: 'joins', what: 'the joins of any two formats', projects: ['long'], files: 'e2e/long/' },
  { name: 'files', what: 'every file at hand', projects: ['long'], files: 'test/long/' },
  {
    name: 'faults',
    what: 'what is broken on purpose',
    projects: ['db', 'e2e'],
    // No pattern may begin with a dash, which would be an option.
    files: 'db/[a-z]+-faults|e2e/(embedded-postgres|faults|away|paused|clock|broken-copies|fsck)',
  },
];

await main(async () => {
  const node = await ready();
  Object.assign(process.env, { ...SIZES, ...process.env });
  const chromium = await findChromium(node);
  if (chromium !== undefined) process.env.KANADE_CHROMIUM = chromium.path;
  const asked = process.argv.slice(2);
  const stages = asked.length === 0 ? STAGES : STAGES.filter(({ name }) => asked.includes(name));
  const unknown = asked.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0)
    throw new Trouble(
      `There is no part ${unknown.join(', ')}; there are ${STAGES.map(({ name }) => name).join(', ')}.`,
    );
  const results = [];
  for (const stage of stages) {
    const began = Date.now();
    const result = await runStage(node, stage, ['--testPathPatterns', stage.files]);
    results.push(result);
    say(`${stage.what}: ${closingLine(result.counts)}, ${Math.round((Date.now() - began) / 60_000)} min`);
    // Interrupted by the person.
    if (result.code > 128) break;
  }
  say(closingLine(sum(results.map(({ counts }) => counts))));
  return results.some(({ code }) => code !== 0) ? 1 : 0;
});
