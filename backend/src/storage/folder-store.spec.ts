import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderStore } from './folder-store.js';
import { ObjectNotFound } from './object-store.js';

const all = async (keys: AsyncIterable<string>): Promise<string[]> => {
  const found: string[] = [];
  for await (const key of keys) found.push(key);
  return found.sort();
};

describe('the folder store', () => {
  let root: string;
  let store: FolderStore;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'kanade-store-'));
    store = new FolderStore(root);
  });
  afterEach(() => rm(root, { recursive: true }));

  it('gives back what was put, whole and by range', async () => {
    await store.put('artwork/a/512.webp', Buffer.from('hello world'));
    expect((await store.read('artwork/a/512.webp')).toString()).toBe('hello world');
    expect((await store.read('artwork/a/512.webp', { offset: 6, length: 5 })).toString()).toBe('world');
    expect(await store.size('artwork/a/512.webp')).toBe(11);
  });

  it('does not show a draft before it is committed, and leaves nothing of a discarded one', async () => {
    const draft = await store.createDraft();
    await draft.append(Buffer.from('half'));
    expect(await store.size('renditions/x.mp4')).toBeNull();
    await draft.discard();
    expect(await readdir(join(root, 'drafts'))).toEqual([]);
  });

  it('lists and deletes', async () => {
    await store.put('a/1', Buffer.from('1'));
    await store.put('a/b/2', Buffer.from('2'));
    expect(await all(store.list('a/'))).toEqual(['a/1', 'a/b/2']);
    await store.delete('a/1');
    expect(await all(store.list('a/'))).toEqual(['a/b/2']);
    expect(await all(store.list('none/'))).toEqual([]);
  });

  it('tells apart what is old, drafts too', async () => {
    const age = (path: string, seconds: number): Promise<void> => {
      const at = Date.now() / 1000 - seconds;
      return utimes(path, at, at);
    };
    await store.put('a/b/old', Buffer.from('1'));
    await store.put('a/c/new', Buffer.from('2'));
    await age(join(root, 'a/b/old'), 7200);
    expect(await all(store.list('a/', 3_600_000))).toEqual(['a/b/old']);
    expect(await all(store.list('a/'))).toEqual(['a/b/old', 'a/c/new']);
    const [left, growing] = [await store.createDraft(), await store.createDraft()];
    await age(left.path, 7200);
    expect(await all(store.drafts(3_600_000))).toEqual([left.path]);
    await store.discardDraft(left.path);
    expect(await all(store.drafts(0))).toEqual([growing.path]);
    await left.discard();
    await growing.discard();
  });

  it('says which object is missing, and refuses a key that would leave its folder', async () => {
    await expect(store.read('a/none')).rejects.toThrow(ObjectNotFound);
    for (const key of ['../x', 'a/../../x', '/etc/passwd', 'a//b', '', 'a/.hidden'])
      await expect(store.put(key, Buffer.alloc(1))).rejects.toThrow('not an object key');
  });
});
