import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

describe('the lock around installing and building', () => {
  let folder, file;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kanade-lock-'));
    file = join(folder, 'lock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('answers what the work answered and leaves nothing behind', async () => {
    expect(await withLock(file, async () => 'built')).toBe('built');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over from a process that is gone', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(file, String(gone));
    expect(await withLock(file, async () => 'built')).toBe('built');
  });

  it('is taken over when it is older than any build, whoever has its number now', async () => {
    await writeFile(file, String(process.pid));
    await utimes(file, new Date(0), new Date(0));
    expect(await withLock(file, async () => 'built')).toBe('built');
  });

  it('is refused, with the number of its owner, while a living process holds it beyond the limit', async () => {
    await writeFile(file, String(process.pid));
    const told = [];
    const refused = withLock(file, async () => 'built', { limitMs: 0, tell: (text) => told.push(text) });
    await expect(refused).rejects.toThrow(`Process ${process.pid} still holds`);
    expect(told).toEqual([expect.stringContaining(`process ${process.pid}`)]);
  });
});
