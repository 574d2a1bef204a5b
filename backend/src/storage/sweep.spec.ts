import { describe, expect, it } from '@jest/globals';
import { sweep } from './sweep.js';

const going = new AbortController().signal;

async function* numbered(count: number): AsyncIterable<string> {
  for (let n = 0; n < count; n++) yield await Promise.resolve(`object-${n}`);
}

describe('sweep', () => {
  it('removes what nobody owns, and asks about no more than a batch at once', async () => {
    const asked: number[] = [];
    const removed: string[] = [];
    const count = await sweep(
      numbered(1201),
      (names) => {
        asked.push(names.length);
        return Promise.resolve(new Set(names.filter((name) => !name.endsWith('7'))));
      },
      (name) => Promise.resolve(void removed.push(name)),
      going,
    );
    expect(asked).toEqual([500, 500, 201]);
    expect(count).toBe(120);
    expect(removed).toHaveLength(120);
    expect(removed.every((name) => name.endsWith('7'))).toBe(true);
  });

  it('asks nobody about nothing', async () => {
    const unasked = (): Promise<never> => Promise.reject(new Error('asked'));
    expect(await sweep(numbered(0), unasked, unasked, going)).toBe(0);
  });

  it('removes nothing when the owners cannot be asked, or the worker stops', async () => {
    const removed: string[] = [];
    const remove = (name: string): Promise<void> => Promise.resolve(void removed.push(name));
    const away = (): Promise<never> => Promise.reject(new Error('the database is away'));
    await expect(sweep(numbered(3), away, remove, going)).rejects.toThrow('away');
    const stopped = AbortSignal.abort(new Error('the worker stops'));
    const nobody = (): Promise<ReadonlySet<string>> => Promise.resolve(new Set());
    await expect(sweep(numbered(3), nobody, remove, stopped)).rejects.toThrow('the worker stops');
    expect(removed).toEqual([]);
  });
});
