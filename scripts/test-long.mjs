import './lib/require-node.mjs';
import { findChromium } from './lib/chromium.mjs';
import { jest } from './lib/jest.mjs';
import { ready } from './lib/setup.mjs';
import { main } from './lib/words.mjs';

/** Every ugly file at hand, then the full sizes of tests that `npm test` runs small; what is set already wins. */
const SIZES = {
  KANADE_FAULT_KILLS: '200',
  KANADE_FAULT_SWEEP: '1000',
  KANADE_FAULT_AWAY_SECONDS: '300',
};

await main(async () => {
  const node = await ready();
  Object.assign(process.env, { ...SIZES, ...process.env });
  const chromium = await findChromium(node);
  if (chromium !== undefined) process.env.KANADE_CHROMIUM = chromium.path;
  const corpus = await jest(node, ['--selectProjects', 'long', ...process.argv.slice(2)]);
  const faults = await jest(node, [
    '--selectProjects',
    'db',
    'e2e',
    '--testPathPatterns',
    '-faults|e2e/(faults|away|paused|clock|broken-copies|fsck)',
    ...process.argv.slice(2),
  ]);
  return corpus || faults;
});
