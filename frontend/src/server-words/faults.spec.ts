import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS, isFault, refusalOf } from './faults';

const BACKEND = join(import.meta.dirname, '../../../backend/src');
const codesIn = (file: string, pattern: RegExp): readonly string[] =>
  [...readFileSync(join(BACKEND, file), 'utf8').matchAll(pattern)].map(([, code]) => code ?? '');

describe('what the server says', () => {
  it.each([
    ['why files are left as they are', 'ingest/loss-rules.ts', /code: '([A-Z_]+)'/g],
    ['what is wrong with a file', 'media/fact-rules.ts', /MediaError\('([A-Z_]+)'/g],
    ['what is known of the installation', 'main.ts', /health\.report\('([A-Z_]+)'/g],
  ])('of %s has words in every language', (_, file, pattern) => {
    const codes = codesIn(file, pattern);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !isFault(code))).toEqual([]);
  });

  it('is told in its own words where the page has none', () => {
    expect(isFault('ENOTDIR')).toBe(false);
    expect(isFault('toString')).toBe(false);
    expect(refusalOf('ENCODER_BUSY')).toBeNull();
    expect(refusalOf('USERNAME_TAKEN')).toBe('USERNAME_TAKEN');
    expect(FAULTS.MANY_FILES_GONE.detail).toBe(true);
  });
});
