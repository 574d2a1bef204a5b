import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FailedFolders, retryPauseMs } from './failed-folders.js';

describe('folders whose scan failed', () => {
  let tried: (readonly string[])[];
  let failed: FailedFolders;
  beforeEach(() => {
    jest.useFakeTimers();
    tried = [];
    failed = new FailedFolders((folders) => tried.push(folders));
  });
  afterEach(() => void jest.useRealTimers());

  it('wait longer after each try, and a minute at most', () => {
    expect([1, 2, 3, 6, 7, 5000].map(retryPauseMs)).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
  });

  it('are tried again together, once each', () => {
    failed.add(['a', 'b']);
    failed.add(['b', 'c']);
    jest.advanceTimersByTime(999);
    expect(tried).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(tried).toEqual([['a', 'b', 'c']]);
    jest.advanceTimersByTime(60_000);
    expect(tried).toHaveLength(1);
  });

  it('wait longer the next time, also when other folders went well meanwhile, until they went well', () => {
    failed.add(['a']);
    failed.succeeded();
    jest.advanceTimersByTime(1000);
    failed.add(['a']);
    jest.advanceTimersByTime(1999);
    expect(tried).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(tried).toHaveLength(2);
    failed.succeeded();
    failed.add(['b']);
    jest.advanceTimersByTime(1000);
    expect(tried[2]).toEqual(['b']);
  });

  it('are left alone once it is closed', () => {
    failed.add(['a']);
    failed.close();
    jest.advanceTimersByTime(60_000);
    expect(tried).toEqual([]);
  });
});
