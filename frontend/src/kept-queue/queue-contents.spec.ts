import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SavedQueue } from '../api/client';
import { trackForSpecs } from '../api/track-for-specs';
import { EMPTY_QUEUE, queueReducer, type QueueAction, type QueueState } from '../player/queue-reducer';
import { contentsOf, resumedFrom } from './queue-contents';

const track = (id: string) => trackForSpecs(id, { id });
const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `t${at}`);
const playing = (count: number, ...actions: readonly QueueAction[]): QueueState =>
  [
    {
      type: 'play',
      tracks: ids(count).map(track),
      startAt: 0,
      source: { kind: 'album', id: 'album', name: 'Album' },
    } as const,
    ...actions,
  ].reduce(queueReducer, EMPTY_QUEUE);
/** What the server gives back of what it was given. */
const saved = (state: QueueState, positionMs = 0): SavedQueue => ({
  ...contentsOf(state),
  revision: 1,
  positionMs,
  device: '',
  updatedAt: null,
});
const tracksOf = ({ trackIds }: SavedQueue, gone: readonly string[] = []) =>
  trackIds.map((id, place) => ({ place, track: gone.includes(id) ? null : track(id) }));
const restored = (queue: SavedQueue, gone: readonly string[] = []): QueueState | null => {
  const resumed = resumedFrom(queue, tracksOf(queue, gone));
  return resumed && queueReducer(EMPTY_QUEUE, { type: 'restore', ...resumed });
};
const order = (state: QueueState | null): string[] =>
  state?.kind === 'active' ? state.items.map((item) => item.track.id) : [];

describe('a queue that is kept elsewhere', () => {
  it('comes back with its order, its place and its ways, and waits', () => {
    const step = fc.oneof(
      fc.constant<QueueAction>({ type: 'skip' }),
      fc.integer({ min: 0, max: 12 }).map((key): QueueAction => ({ type: 'remove', keys: [key] })),
      fc.integer({ min: 1, max: 99 }).map((seed): QueueAction => ({ type: 'shuffle', seed })),
      fc.constantFrom('off', 'all', 'one').map((mode): QueueAction => ({ type: 'repeat', mode })),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step), (count, actions) => {
        const before = playing(count, ...actions);
        const after = restored(saved(before));
        if (before.kind === 'empty') {
          expect(after).toBeNull();
          return;
        }
        expect(order(after)).toEqual(order(before));
        const { index, repeat, shuffled, source } = before;
        expect(after).toMatchObject({ index, repeat, shuffled, source, intent: 'pause' });
      }),
    );
  });

  it('is put back into the order that was asked for when shuffling ends on the other device', () => {
    const after = restored(saved(playing(6, { type: 'shuffle', seed: 5 })));
    expect(order(after && queueReducer(after, { type: 'shuffle', seed: 1 }))).toEqual(ids(6));
  });

  it('leaves out what cannot be heard any more, and begins with what follows it', () => {
    const queue = saved(playing(4, { type: 'skip' }), 70_000);
    expect(resumedFrom(queue, tracksOf(queue))).toMatchObject({ index: 1, positionMs: 70_000 });
    expect(resumedFrom(queue, tracksOf(queue, ['t1']))).toMatchObject({ index: 1, positionMs: 0 });
    expect(order(restored(queue, ['t1']))).toEqual(['t0', 't2', 't3']);
    expect(restored(queue, ids(4))).toBeNull();
  });

  it('takes the place of nothing that plays here', () => {
    const elsewhere = resumedFrom(saved(playing(2)), tracksOf(saved(playing(2))));
    const here = playing(3);
    expect(elsewhere).not.toBeNull();
    expect(elsewhere && queueReducer(here, { type: 'restore', ...elsewhere })).toBe(here);
  });

  it('may come from a client that names its sources in another way', () => {
    const queue = { ...saved(playing(1)), source: { kind: 'jukebox' } };
    expect(resumedFrom(queue, tracksOf(queue))?.source).toEqual({ kind: 'library' });
  });
});
