import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HourlySweep } from './hourly-sweep.js';

const MINUTE = 60_000;

describe('an hourly sweep', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('leaves a start alone for a minute, then comes each hour, also after one that failed', async () => {
    let runs = 0;
    const hourly = new HourlySweep('test objects', () =>
      ++runs === 1 ? Promise.reject(new Error('the disk is away')) : Promise.resolve(0),
    );
    hourly.start();
    await jest.advanceTimersByTimeAsync(MINUTE - 1);
    expect(runs).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(120 * MINUTE);
    expect(runs).toBe(3);
    await hourly.stop();
  });

  it('ends with the worker: the one that runs is told, and none follows', async () => {
    const signals: AbortSignal[] = [];
    const hourly = new HourlySweep('test objects', (signal) => {
      signals.push(signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
    });
    hourly.start();
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(signals.map((signal) => signal.aborted)).toEqual([false]);
    await hourly.stop();
    await jest.advanceTimersByTimeAsync(180 * MINUTE);
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });
});
