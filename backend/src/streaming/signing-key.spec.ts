import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadSigningKey, signingKeyPath } from './signing-key.js';

describe('loadSigningKey', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kanade-key-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('makes a key at the first start, for its own user alone, and finds it again', async () => {
    const made = await loadSigningKey(dataDir);
    expect(made.secret).toHaveLength(32);
    expect((await stat(signingKeyPath(dataDir))).mode & 0o777).toBe(0o600);
    expect(await loadSigningKey(dataDir)).toEqual(made);
    expect(await readdir(dirname(signingKeyPath(dataDir)))).toEqual(['media-signing.key']);
  });

  it('processes that start together have one key', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadSigningKey(dataDir)));
    expect(new Set(keys.map((key) => key.secret.toString('hex'))).size).toBe(1);
    expect(await readdir(dirname(signingKeyPath(dataDir)))).toEqual(['media-signing.key']);
  });

  it('two installations have different keys', async () => {
    const other = await mkdtemp(join(tmpdir(), 'kanade-key-'));
    try {
      const [a, b] = [await loadSigningKey(dataDir), await loadSigningKey(other)];
      expect(a.id).not.toBe(b.id);
    } finally {
      await rm(other, { recursive: true });
    }
  });

  it('does not run with half a key, and does not replace it', async () => {
    await loadSigningKey(dataDir);
    await writeFile(signingKeyPath(dataDir), 'abcdef');
    await expect(loadSigningKey(dataDir)).rejects.toThrow(/is not a signing key/);
    expect(await readFile(signingKeyPath(dataDir), 'utf8')).toBe('abcdef');
  });
});
