import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say, Trouble } from './words.mjs';

const POLL_MS = 200;

/** Longer than any installation or build: an older lock belongs to a process whose number was given out anew. */
const STALE_MS = 30 * 60_000;

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function read(file) {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { pid: Number(text), ageMs: Date.now() - mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A link appears whole or not at all: no reader ever sees a lock without its owner's number. */
async function take(file) {
  const own = `${file}.${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Set aside first, then looked at again: of two who found the lock stale, the slower may have moved a new one. */
async function clearStale(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
    const moved = await read(aside);
    if (moved && alive(moved.pid) && moved.ageMs < STALE_MS) await link(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** One at a time across processes; a dead owner's lock is taken over. */
export async function withLock(file, work, { limitMs = STALE_MS, tell = say } = {}) {
  await mkdir(dirname(file), { recursive: true });
  const until = Date.now() + limitMs;
  for (let told = false; !(await take(file));) {
    const owner = await read(file);
    if (!owner) continue;
    if (!alive(owner.pid) || owner.ageMs > STALE_MS) {
      await clearStale(file);
      continue;
    }
    if (!told)
      tell(`Another Kanade command (process ${owner.pid}) is installing or building; waiting for it.`);
    told = true;
    if (Date.now() > until) throw new Trouble(`Process ${owner.pid} still holds ${file}; giving up.`);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
