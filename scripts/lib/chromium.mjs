import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quietly } from './children.mjs';
import { ROOT } from './paths.mjs';
import { runtimeEnv } from './runtime.mjs';
import { step, Trouble } from './words.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const PLAYWRIGHT = join(ROOT, 'node_modules/playwright-core');

/** A slow line should get it; a blocked one should not hold up the other tests for long. */
const DOWNLOAD_LIMIT_MS = 5 * 60_000;
const ANSWER_LIMIT_MS = 20_000;

/** Pure: where a Chromium may be, in the order of preference. */
export function candidates(env, platform) {
  const named = [env.KANADE_CHROMIUM, env.CHROMIUM_PATH].filter(Boolean);
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const inPath = [...new Set(['/usr/bin', ...folders])];
  const installed = NAMES.flatMap((name) => inPath.map((folder) => join(folder, name)));
  return [...named, ...installed, ...(platform === 'darwin' ? MAC_APPS : [])];
}

/** Its version when it can be run; a file of the right name may still be a stub that tells to install a snap. */
function versionOf(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: ANSWER_LIMIT_MS });
  return status === 0 && /chrom/i.test(stdout) ? stdout.trim() : undefined;
}

function firstThatRuns(paths) {
  for (const path of paths) {
    const version = existsSync(path) ? versionOf(path) : undefined;
    if (version !== undefined) return { path, version };
  }
  return undefined;
}

function playwrightPath(node) {
  const script = "import('playwright-core').then((p) => console.log(p.chromium.executablePath()))";
  const { stdout } = spawnSync(node, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  return stdout.trim();
}

async function download(node) {
  const args = [join(PLAYWRIGHT, 'cli.js'), 'install', 'chromium'];
  const limits = { cwd: ROOT, env: runtimeEnv(node), timeoutMs: DOWNLOAD_LIMIT_MS };
  try {
    await step('No Chromium on this machine: downloading one for the browser tests', () =>
      quietly('chromium', node, args, limits),
    );
  } catch (error) {
    // Foreseen: without a network, or on a system that Playwright has no build for, the tests are skipped aloud.
    if (!(error instanceof Trouble)) throw error;
  }
}

/** The system's, else Playwright's own, downloaded at need; undefined where none can be had. */
export async function findChromium(node, { env = process.env, platform = process.platform } = {}) {
  const found = firstThatRuns(candidates(env, platform)) ?? firstThatRuns([playwrightPath(node)]);
  if (found !== undefined) return found;
  await download(node);
  return firstThatRuns([playwrightPath(node)]);
}
