import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HotSegments, type HotSegment } from './hot-segments.js';

const segment = (length: number, fill = 0): HotSegment => ({
  bytes: Buffer.alloc(length, fill),
  tag: `"${fill}"`,
});
const load = (hot: HotSegments, name: string, length: number): Promise<HotSegment> =>
  hot.load(name, () => Promise.resolve(segment(length)));

describe('HotSegments', () => {
  it('finds a segment worth keeping at its second request, not at its first', () => {
    const hot = new HotSegments(8000);
    expect([hot.isWanted('a', 10), hot.isWanted('b', 10), hot.isWanted('a', 10)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('takes nothing that would fill a large part of it alone, and nothing at all when it is off', () => {
    const hot = new HotSegments(8000);
    expect([hot.isWanted('a', 1001), hot.isWanted('a', 1001)]).toEqual([false, false]);
    const off = new HotSegments(0);
    expect([off.isWanted('a', 1), off.isWanted('a', 1)]).toEqual([false, false]);
  });

  it('lets the longest unused go first', async () => {
    const hot = new HotSegments(300);
    for (const name of ['a', 'b', 'c']) await load(hot, name, 100);
    hot.get('a');
    await load(hot, 'd', 100);
    expect(['a', 'b', 'c', 'd'].filter((name) => hot.get(name) !== undefined)).toEqual(['a', 'c', 'd']);
  });

  it('reads once for all who ask at the same time, and again after a failure', async () => {
    const hot = new HotSegments(300);
    let reads = 0;
    const read = async (): Promise<HotSegment> => {
      reads += 1;
      await Promise.resolve();
      if (reads === 1) throw new Error('unplugged');
      return segment(100, 7);
    };
    const first = await Promise.allSettled([hot.load('a', read), hot.load('a', read)]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const [one, other] = await Promise.all([hot.load('a', read), hot.load('a', read)]);
    expect([reads, one === other, hot.get('a') === one]).toEqual([2, true, true]);
  });

  it('never holds more than its bytes, whatever comes and goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 1500 }))),
        async (steps) => {
          const hot = new HotSegments(1000);
          for (const [name, length] of steps) {
            const sent = await load(hot, name, length);
            expect(sent.bytes.length).toBe(length);
            const held = ['a', 'b', 'c', 'd', 'e'].reduce(
              (sum, each) => sum + (hot.get(each)?.bytes.length ?? 0),
              0,
            );
            expect(hot.sizeBytes).toBe(held);
            expect(held).toBeLessThanOrEqual(1000);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
