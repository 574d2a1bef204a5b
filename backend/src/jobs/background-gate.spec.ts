import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BackgroundGate } from './background-gate.js';

const going = new AbortController().signal;

describe('the gate of background encodes', () => {
  const begun: string[] = [];
  let busy: boolean;
  let gate: BackgroundGate;

  beforeEach(() => {
    jest.useFakeTimers();
    begun.length = 0;
    busy = true;
    gate = new BackgroundGate(() => Promise.resolve(busy));
  });
  afterEach(() => void jest.useRealTimers());

  const begin = (name: string, work = () => Promise.resolve()): Promise<void> =>
    gate.pass(going, () => {
      begun.push(name);
      return work();
    });

  it('is open when nothing else is to be done, however many come', async () => {
    busy = false;
    await Promise.all([begin('a'), begin('b')]);
    expect(begun).toEqual(['a', 'b']);
  });

  it('opens when the better work is done', async () => {
    const passed = begin('a');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(begun).toEqual([]);
    busy = false;
    await jest.advanceTimersByTimeAsync(1000);
    await passed;
    expect(begun).toEqual(['a']);
  });

  it('lets one through when none has run for two minutes, and the next two minutes after its end', async () => {
    const first = Promise.withResolvers<void>();
    const passed = [begin('a', () => first.promise), begin('b')];
    await jest.advanceTimersByTimeAsync(121_000);
    expect(begun).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(begun).toEqual(['a']);
    first.resolve();
    await jest.advanceTimersByTimeAsync(119_000);
    expect(begun).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(3000);
    await Promise.all(passed);
    expect(begun).toEqual(['a', 'b']);
  });

  it('holds nobody back from stopping', async () => {
    const stop = new AbortController();
    const waiting = gate.pass(stop.signal, () => Promise.resolve(begun.push('a')));
    const ended = expect(waiting).rejects.toThrow();
    await jest.advanceTimersByTimeAsync(1000);
    stop.abort(new Error('the worker stops'));
    await ended;
    expect(begun).toEqual([]);
  });
});
