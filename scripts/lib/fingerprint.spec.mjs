import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint, hashFiles } from './fingerprint.mjs';

describe('the fingerprint of a set of sources', () => {
  let root;
  const now = () =>
    fingerprint(root, { files: ['lock.json'], folders: ['src'], skip: (name) => name.includes('.spec.') });

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'kanade-fingerprint-'));
    await mkdir(join(root, 'src/room'), { recursive: true });
    await writeFile(join(root, 'lock.json'), '{}');
    await writeFile(join(root, 'src/room/a.ts'), 'one');
  });
  afterEach(() => rm(root, { recursive: true }));

  it('stays the same while nothing changes', async () => {
    expect(await now()).toBe(await now());
  });

  it('changes with the content of a file', async () => {
    const before = await now();
    await writeFile(join(root, 'src/room/a.ts'), 'two');
    expect(await now()).not.toBe(before);
  });

  it('changes when a file gets another name', async () => {
    const before = await now();
    await rename(join(root, 'src/room/a.ts'), join(root, 'src/room/b.ts'));
    expect(await now()).not.toBe(before);
  });

  it('does not change with tests and hidden files', async () => {
    const before = await now();
    await writeFile(join(root, 'src/room/a.spec.ts'), 'test');
    await writeFile(join(root, 'src/.a.ts.swp'), 'editor');
    expect(await now()).toBe(before);
  });

  it('does not depend on the order of the files', () => {
    const files = [
      ['a', Buffer.from('1')],
      ['b', Buffer.from('2')],
    ];
    expect(hashFiles(files)).toBe(hashFiles([...files].reverse()));
  });

  it('does not let bytes wander from one file into the next', () => {
    const split = (first, second) =>
      hashFiles([
        ['a', Buffer.from(first)],
        ['b', Buffer.from(second)],
      ]);
    expect(split('12', '3')).not.toBe(split('1', '23'));
  });
});
