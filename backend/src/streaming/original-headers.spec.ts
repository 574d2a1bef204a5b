import { describe, expect, it } from '@jest/globals';
import { originalTag, originalType } from './original-headers.js';

describe('originalType', () => {
  it.each([
    ['a.FLAC', 'audio/flac'],
    ['a.b.mp3', 'audio/mpeg'],
    ['page.html', 'application/octet-stream'],
    ['constructor', 'application/octet-stream'],
    ['x.__proto__', 'application/octet-stream'],
  ])('%s is sent as %s', (name, type) => {
    expect(originalType(name)).toBe(type);
  });
});

describe('originalTag', () => {
  it('differs when length, time or file differ', () => {
    const stat = { size: 10n, mtimeNs: 20n, ino: 30n };
    const tags = [stat, { ...stat, size: 11n }, { ...stat, mtimeNs: 21n }, { ...stat, ino: 31n }].map(
      originalTag,
    );
    expect(new Set(tags).size).toBe(4);
  });
});
