import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';
import { Trouble } from './words.mjs';

/** Jest loads ESM-only packages through require(esm), which is whole from here on. */
const OLDEST = [24, 9];

/** Pure. */
export function isNewEnough(version, [major, minor] = OLDEST) {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Pure: the npm package that holds Node itself for a platform. */
export function runtimePackage(platform, arch) {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** The binary of the pinned package; undefined where npm left it out, which it does on platforms without one. */
function pinnedBinary(folder) {
  try {
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return join(folder, typeof bin === 'string' ? bin : bin.node);
  } catch {
    return undefined;
  }
}

/** Node as the project runs on it: the machine's own when it is new enough, else the one that npm brought. */
export function findRuntime() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const name = runtimePackage(process.platform, process.arch);
  const binary = pinnedBinary(join(ROOT, 'node_modules', name));
  // Asked for its version because a binary for another libc is there and yet cannot be run.
  const answer = binary && spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (binary && answer && answer.status === 0) return binary;
  if (binary && !existsSync(binary)) {
    throw new Trouble('The installation is incomplete. Delete the folder node_modules and start again.');
  }
  throw new Trouble(
    `Kanade runs on Node ${OLDEST.join('.')} or later. This is Node ${process.versions.node}, and the package ` +
      `${name}, which brings a newer one, ${binary ? 'does not run on this machine' : 'does not exist for it'}.\n` +
      'Install Node 24 from https://nodejs.org or your system, then try again.',
  );
}

/** The environment of whatever runs on it: a bare `node` in a child means the same binary. */
export function runtimeEnv(binary, env = process.env) {
  const paths = [dirname(binary), join(ROOT, 'node_modules/.bin'), env.PATH ?? env.Path ?? ''];
  return { ...env, PATH: paths.join(delimiter), NEXT_TELEMETRY_DISABLED: '1' };
}
