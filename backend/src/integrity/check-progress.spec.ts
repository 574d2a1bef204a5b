import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CheckProgress } from './check-progress.js';

const FILES = { id: 'I1', holds: 'every ready file has its facts' } as const;
const KEYS = { id: 'I10', holds: 'the signing key loads' } as const;

describe('the progress of fsck', () => {
  let said: string[];
  const progressOn = (isTTY: boolean): CheckProgress =>
    new CheckProgress({ isTTY, write: (text) => said.push(text) }, 2);
  beforeEach(() => {
    said = [];
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  it('names each check on a terminal as it begins, once', () => {
    const progress = progressOn(true);
    progress.begin(FILES);
    expect(said).toEqual(['fsck: 1 of 2, whether every ready file has its facts (I1)\n']);
    progress.begin(KEYS);
    jest.advanceTimersByTime(60_000);
    expect(said.slice(1)).toEqual(['fsck: 2 of 2, whether the signing key loads (I10)\n']);
  });

  it('names only those that take long where there is no terminal', () => {
    const progress = progressOn(false);
    progress.begin(FILES);
    jest.advanceTimersByTime(4999);
    progress.begin(KEYS);
    jest.advanceTimersByTime(5000);
    expect(said).toEqual(['fsck: 2 of 2, whether the signing key loads (I10)\n']);
  });

  it('says nothing more after its end', () => {
    const progress = progressOn(false);
    progress.begin(FILES);
    progress.end();
    jest.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
  });
});
