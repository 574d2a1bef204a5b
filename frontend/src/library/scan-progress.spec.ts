import { describe, expect, it } from '@jest/globals';
import type { LibraryStatus } from '../api/client';
import { scanProgress } from './scan-progress';

const status = (
  scanning: boolean,
  ready: number,
  pending: number,
  rejected: number,
  analysing = 0,
): LibraryStatus => ({
  scanning,
  files: { found: ready + pending + rejected, ready, pending, rejected, missing: 0 },
  rejections: [],
  unreadable: [],
  warnings: [],
  libraries: [],
  work: { analysing, encoding: 0 },
});

describe('the progress strip', () => {
  it('counts refused files as done, so that it reaches its end', () => {
    expect(scanProgress(status(true, 6, 2, 2))).toEqual({ kind: 'reading', ready: 6, found: 10, share: 0.8 });
    expect(scanProgress(status(false, 8, 0, 2))).toEqual({ kind: 'idle' });
  });

  it('stays while files are measured after the walk is over', () => {
    expect(scanProgress(status(false, 8, 2, 0, 2)).kind).toBe('reading');
  });

  it('says that it looks before anything is found', () => {
    expect(scanProgress(status(true, 0, 0, 0)).kind).toBe('looking');
    expect(scanProgress(status(false, 0, 0, 0)).kind).toBe('idle');
  });

  it('is gone when pending files wait and nobody works on them', () => {
    expect(scanProgress(status(false, 1, 3, 0)).kind).toBe('idle');
  });
});
