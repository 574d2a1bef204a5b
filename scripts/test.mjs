import './lib/require-node.mjs';
import { findChromium } from './lib/chromium.mjs';
import { runStage } from './lib/jest.mjs';
import { ready } from './lib/setup.mjs';
import { closingLine, planStages, sum } from './lib/stages.mjs';
import { main, say, Trouble } from './lib/words.mjs';

const BROWSER_REQUIRED = process.env.KANADE_REQUIRE_BROWSER === '1';

/** Matches no test: Jest then loads the files, counts every test as skipped and runs no hook. */
const SKIP_ALL = ['--testNamePattern', '(?!)'];

/** None found is as bad as some skipped: a pattern that matches no file would otherwise pass for ever. */
const ranWhole = ({ passed, failed, skipped }) => skipped === 0 && passed + failed > 0;

async function chooseBrowser(node, stages) {
  if (!stages.some(({ projects }) => projects.includes('browser'))) return undefined;
  const chromium = await findChromium(node);
  if (chromium !== undefined) {
    say(`Browser tests use ${chromium.version} at ${chromium.path}.`);
    return chromium;
  }
  const lack = 'No Chromium was found and none could be downloaded';
  if (BROWSER_REQUIRED) throw new Trouble(`${lack}, and KANADE_REQUIRE_BROWSER=1 asks for one.`);
  say(`${lack}: the browser tests are SKIPPED. Install one, or name one by CHROMIUM_PATH.`);
  return undefined;
}

await main(async () => {
  const node = await ready();
  const { stages, args } = planStages(process.argv.slice(2));
  const chromium = await chooseBrowser(node, stages);
  const env = chromium === undefined ? {} : { KANADE_CHROMIUM: chromium.path };
  const counts = [];
  let broken = false;
  let stopped = '';
  for (const stage of stages) {
    say(`\n── ${stage.name} tests ──`);
    const inBrowser = stage.projects.includes('browser');
    const skip = inBrowser && chromium === undefined ? SKIP_ALL : [];
    const result = await runStage(node, stage, [...args, ...skip], env);
    counts.push(result.counts);
    broken ||= result.code !== 0 || result.counts.failed > 0;
    if (inBrowser && BROWSER_REQUIRED && args.length === 0 && !ranWhole(result.counts)) {
      say('KANADE_REQUIRE_BROWSER=1 asks for every browser test, and not all of them ran.');
      broken = true;
    }
    if (inBrowser && chromium === undefined)
      say('SKIPPED: there is no Chromium to run the browser tests in.');
    // Interrupted by the person, or asked to stop at the first failure.
    if (result.code > 128 || (broken && args.includes('--bail'))) {
      stopped = `Stopped after the ${stage.name} tests; later ones did not run.`;
      break;
    }
  }
  const total = sum(counts);
  if (stopped) say(`\n${stopped}`);
  if (total.passed + total.failed === 0) say('\nNo test ran.');
  say(`\n${closingLine(total)}`);
  return broken || total.passed === 0 ? 1 : 0;
});
