import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quietly } from './children.mjs';
import { fingerprint } from './fingerprint.mjs';
import { installedMatches } from './installed.mjs';
import { npmCommand } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { linkPostgresLibraries } from './pg-links.mjs';
import { step } from './words.mjs';

/** Inside node_modules, so that it goes when they go. */
const STAMP = join(ROOT, 'node_modules/.kanade-install');
const HIDDEN_LOCK = join(ROOT, 'node_modules/.package-lock.json');

/** Development packages build the project and optional ones hold the runtime, whatever NODE_ENV or .npmrc say. */
const ARGS = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];

async function readIfThere(file) {
  return readFile(file, 'utf8').catch(() => undefined);
}

async function wantedStamp() {
  const { workspaces } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const manifests = ['.', ...workspaces].map((folder) => join(folder, 'package.json'));
  const hash = await fingerprint(ROOT, { files: ['package-lock.json', '.npmrc', ...manifests] });
  return `${hash} ${process.platform}-${process.arch}`;
}

/** Fresh, or why not. */
async function missing() {
  const stamp = await readIfThere(STAMP);
  const wanted = await wantedStamp();
  if (stamp === wanted) return undefined;
  const [lock, hidden] = await Promise.all([
    readIfThere(join(ROOT, 'package-lock.json')),
    readIfThere(HIDDEN_LOCK),
  ]);
  const byHand = hidden !== undefined && installedMatches(JSON.parse(lock), JSON.parse(hidden));
  if (byHand) return { wanted, install: false };
  const why = hidden === undefined ? 'first start, a minute or two' : 'package-lock.json has changed';
  return { wanted, install: true, why };
}

export async function installIsFresh() {
  return (await missing()) === undefined;
}

/** Offline when everything is there already: nothing is asked of any registry then. */
export async function install() {
  const lack = await missing();
  if (lack === undefined) return;
  if (lack.install) {
    const [command, args] = npmCommand(ARGS);
    await step(`Installing dependencies (${lack.why})`, () =>
      quietly('install', command, args, { cwd: ROOT }),
    );
  }
  await linkPostgresLibraries(ROOT);
  await writeFile(STAMP, lack.wanted);
}
