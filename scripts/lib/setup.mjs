import { join } from 'node:path';
import { build, buildIsFresh } from './build.mjs';
import { install, installIsFresh } from './install.mjs';
import { withLock } from './lock.mjs';
import { BUILD } from './paths.mjs';
import { findRuntime } from './runtime.mjs';

const LOCK = join(BUILD, 'lock');

/** Dependencies installed and Node found: enough for what does not run built code. Answers the Node to run on. */
export async function installed() {
  if (!(await installIsFresh())) await withLock(LOCK, install);
  return findRuntime();
}

/** Everything installed and built, by this process or by another that is at it already. */
export async function ready() {
  const node = await installed();
  if (!(await buildIsFresh())) await withLock(LOCK, () => build(node));
  return node;
}

/** Builds some parts again, when they are stale. */
export async function rebuild(node, parts) {
  await withLock(LOCK, () => build(node, parts));
}
