import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { trackForSpecs } from '../api/track-for-specs';
import { EMPTY_QUEUE, queueReducer, type QueueAction, type QueueState } from './queue-reducer';
import { ITEMS_AFTER, leftBehind, placeOf, playingWindow, unchangedCount } from './queue-window';

const track = (id: string) => trackForSpecs(id, { id });
const play = (count: number, startAt: number): QueueAction => ({
  type: 'play',
  tracks: Array.from({ length: count }, (_, at) => track(String(at))),
  startAt,
  source: { kind: 'library' },
});
const run = (...actions: readonly QueueAction[]): QueueState => actions.reduce(queueReducer, EMPTY_QUEUE);
const idsOf = (state: QueueState, after?: number) =>
  playingWindow(state, after).map(({ track: { id } }) => id);
const keyed = (keys: readonly number[]) => keys.map((key) => ({ key }));

describe('the window of a queue', () => {
  it('is what sounds and the next twenty, of ten thousand as of ten', () => {
    expect(playingWindow(run(play(10_000, 5000)))).toHaveLength(ITEMS_AFTER + 1);
    expect(idsOf(run(play(10, 7)))).toEqual(['7', '8', '9']);
    expect(playingWindow(EMPTY_QUEUE)).toEqual([]);
  });

  it('comes round again when all is repeated, and stays with one that is repeated', () => {
    const all = run(play(3, 1), { type: 'repeat', mode: 'all' });
    expect(idsOf(all, 4)).toEqual(['1', '2', '0', '1', '2']);
    expect(idsOf(run(play(3, 1), { type: 'repeat', mode: 'one' }), 2)).toEqual(['1', '1', '1']);
    expect(idsOf(run(play(1, 0), { type: 'repeat', mode: 'all' }), 2)).toEqual(['0', '0', '0']);
  });

  it('leaves out what has failed since something last played', () => {
    const failed = run(play(4, 1), { type: 'failed', run: 1, failure: 'missing' }, { type: 'previous' });
    expect(idsOf(failed)).toEqual(['1', '2', '3']);
    const before = queueReducer(failed, { type: 'previous' });
    expect(idsOf(before)).toEqual(['0', '2', '3']);
  });

  it('keeps of a timeline exactly the part that is still wanted', () => {
    const keys = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 });
    fc.assert(
      fc.property(keys, keys, keys, (shared, old, wanted) => {
        const kept = unchangedCount(keyed([...shared, ...old]), keyed([...shared, ...wanted]));
        expect(kept).toBeGreaterThanOrEqual(shared.length);
        expect([...shared, ...old].slice(0, kept)).toEqual([...shared, ...wanted].slice(0, kept));
        if (kept < shared.length + wanted.length)
          expect([...shared, ...old][kept]).not.toBe([...shared, ...wanted][kept]);
      }),
    );
  });

  it('finds an item that comes round again ahead rather than behind', () => {
    expect(placeOf(keyed([7, 8, 7]), 1, 7)).toBe(2);
    expect(placeOf(keyed([7, 8, 9]), 1, 7)).toBe(0);
    expect(placeOf(keyed([7, 8, 9]), 1, 8)).toBe(1);
    expect(placeOf(keyed([7]), 0, 1)).toBe(-1);
  });

  it('keeps one item behind the one that sounds', () => {
    expect([0, 1, 2, 5].map(leftBehind)).toEqual([0, 0, 1, 4]);
  });
});
