import { describe, expect, it } from '@jest/globals';
import { benchNames, complaint } from './benches.mjs';

describe('npm run bench', () => {
  it('knows a program by its file, and neither tests nor folders', () => {
    expect(benchNames(['search.ts', 'scan.ts', 'scan.spec.ts', 'corpus', 'README.md'])).toEqual([
      'scan',
      'search',
    ]);
  });

  it('lists the names when the one given is unknown', () => {
    expect(complaint('scna', ['scan', 'search'])).toContain('no bench "scna". There are: scan, search.');
  });

  it('lists the names when none is given', () => {
    expect(complaint(undefined, ['scan'])).toContain('There are: scan.');
  });

  it('has nothing to say about a known name', () => {
    expect(complaint('scan', ['scan'])).toBeUndefined();
  });
});
