import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { walk } from './walk.js';

describe('a walk through a music folder', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kanade-walk-'));
    for (const path of ['big/deep', 'small']) mkdirSync(join(root, path), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const visits = async (start: readonly string[], descend: (path: string) => boolean): Promise<string[]> => {
    const paths: string[] = [];
    for await (const step of walk(Buffer.from(root), start, descend))
      paths.push(step.kind === 'folder' ? step.listing.path : `${step.path}: ${step.code}`);
    return paths;
  };
  const everywhere = (): boolean => true;

  it.each([
    ['before it', ['', 'big']],
    ['after it', ['big/deep', 'big', '']],
    ['as well, twice', ['', '']],
  ])('visits a folder once when one that leads to it is named %s', async (_, start) => {
    expect((await visits(start, everywhere)).sort()).toEqual(['', 'big', 'big/deep', 'small']);
  });

  it('still visits each folder it is told of where it does not descend', async () => {
    expect(await visits(['', 'big', 'big/deep'], () => false)).toEqual(['', 'big', 'big/deep']);
  });
});
