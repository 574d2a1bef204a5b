import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { trackForSpecs } from '../api/track-for-specs';
import {
  currentItem,
  EMPTY_QUEUE,
  queueReducer,
  upcomingItems,
  type QueueAction,
  type QueueState,
} from './queue-reducer';

const tracks = (titles: string) => [...titles].map((title) => trackForSpecs(title));
const play = (titles: string, startAt = 0): QueueAction => ({
  type: 'play',
  tracks: tracks(titles),
  startAt,
  source: { kind: 'library' },
});
const run = (...actions: readonly QueueAction[]): QueueState => actions.reduce(queueReducer, EMPTY_QUEUE);
const now = (state: QueueState) => currentItem(state)?.track.title;
const next = (state: QueueState) =>
  upcomingItems(state)
    .map((item) => item.track.title)
    .join('');
const failNow = (state: QueueState): QueueState =>
  queueReducer(state, { type: 'failed', run: state.kind === 'active' ? state.run : 0, failure: 'missing' });

describe('the queue', () => {
  it('starts at the track that was pressed and keeps the rest of the list behind it', () => {
    const state = run(play('abcd', 1));
    expect([now(state), next(state)]).toEqual(['b', 'cd']);
  });

  it('goes on to the next track when one ends, and rests on the last one', () => {
    const last = run(play('ab'), { type: 'ended', key: null });
    expect(now(last)).toBe('b');
    expect(queueReducer(last, { type: 'ended', key: null })).toMatchObject({ index: 1, intent: 'pause' });
  });

  it('goes over into the next track without starting anything anew', () => {
    const state = run(play('abc'), { type: 'advanced', key: 1 });
    expect([now(state), next(state)]).toEqual(['b', 'c']);
    expect(state).toMatchObject({ run: 1, intent: 'play' });
  });

  it('starts what follows when the track it went over into is no longer in the queue', () => {
    const state = run(play('abc'), { type: 'remove', keys: [1] }, { type: 'advanced', key: 1 });
    expect(now(state)).toBe('c');
    expect(state).toMatchObject({ run: 2 });
  });

  it('starts the track it went over into when the one before ended without it', () => {
    const state = run(play('abc'), { type: 'advanced', key: 1 }, { type: 'ended', key: 0 });
    expect(now(state)).toBe('b');
    expect(state).toMatchObject({ run: 2, intent: 'play' });
  });

  it('begins the same track again when repeating one, but goes on when the listener presses Next', () => {
    const repeating = run(play('ab'), { type: 'repeat', mode: 'one' });
    const again = queueReducer(repeating, { type: 'ended', key: null });
    expect(now(again)).toBe('a');
    expect(again).toMatchObject({ run: 2 });
    expect(now(queueReducer(repeating, { type: 'skip' }))).toBe('b');
  });

  it('comes round to the first track when repeating all', () => {
    expect(now(run(play('ab', 1), { type: 'repeat', mode: 'all' }, { type: 'ended', key: null }))).toBe('a');
  });

  it('adds behind everything, and starts what was added to an empty queue', () => {
    const add: QueueAction = { type: 'add', tracks: tracks('xy'), source: { kind: 'search' } };
    expect(next(run(play('ab'), add))).toBe('bxy');
    expect(now(run(add))).toBe('x');
  });

  it('takes up what shall come next behind what sounds, also for whom shuffling ends', () => {
    const behind: QueueAction = { type: 'add', tracks: tracks('xy'), source: { kind: 'search' }, next: true };
    expect(next(run(play('abc'), behind))).toBe('xybc');
    const shuffled = run(play('abcd'), { type: 'shuffle', seed: 3 }, behind);
    expect(next(shuffled).slice(0, 2)).toBe('xy');
    expect(next(queueReducer(shuffled, { type: 'shuffle', seed: 3 }))).toBe('xybcd');
  });

  it('stays as it was put together when shuffling ends', () => {
    const state = run(
      play('abcd'),
      { type: 'move', keys: [3], before: 1 },
      { type: 'shuffle', seed: 7 },
      { type: 'shuffle', seed: 7 },
    );
    expect(next(state)).toBe('dbc');
  });

  it('that was emptied waits when all comes back', () => {
    const state = run(play('ab', 1), { type: 'remove', keys: [0, 1] }, { type: 'undo' });
    expect(now(state)).toBe('a');
    expect(state).toMatchObject({ intent: 'pause', halted: true, removal: null });
  });

  it('keeps playing the same track when an earlier one is removed', () => {
    const state = run(play('abc', 1), { type: 'remove', keys: [0] });
    expect([now(state), next(state)]).toEqual(['b', 'c']);
    expect(state).toMatchObject({ run: 1 });
  });

  it('returns to the order of the list when shuffle is switched off', () => {
    const shuffled = run(play('abcdefgh'), { type: 'skip' }, { type: 'shuffle', seed: 7 });
    expect(now(shuffled)).toBe('b');
    expect(next(shuffled)).not.toBe('cdefgh');
    expect(next(queueReducer(shuffled, { type: 'shuffle', seed: 7 }))).toBe('cdefgh');
  });
});

describe('a track that fails', () => {
  it('is named, and skipped once', () => {
    const state = failNow(run(play('abc')));
    expect(now(state)).toBe('b');
    expect(state.notice).toEqual({ title: 'a', kind: 'missing', skippedTo: 'b' });
  });

  it('stops the queue when every track failed, even when repeating', () => {
    const state = failNow(failNow(run(play('ab'), { type: 'repeat', mode: 'all' })));
    expect(state).toMatchObject({ intent: 'pause', notice: { title: 'b', skippedTo: null } });
  });

  it('is the last one tried when five in a row have failed', () => {
    const state = Array.from({ length: 9 }).reduce<QueueState>(failNow, run(play('abcdefghij')));
    expect(now(state)).toBe('e');
    expect(state).toMatchObject({ intent: 'pause', notice: { title: 'e', skippedTo: null } });
  });

  it('is waited for while the network is away, and started anew when the listener presses play', () => {
    const playing = run(play('ab'));
    const waiting = queueReducer(playing, { type: 'failed', run: 1, failure: 'offline' });
    expect(waiting).toMatchObject({ index: 0, intent: 'pause', notice: { title: 'a', skippedTo: null } });
    expect(queueReducer(waiting, { type: 'intend', intent: 'play' })).toMatchObject({
      index: 0,
      run: 2,
      notice: null,
    });
  });

  it('in a part only is named, and plays on', () => {
    const playing = run(play('ab'));
    const told = queueReducer(playing, { type: 'damaged', title: 'A' });
    expect(told).toEqual({ ...playing, notice: { title: 'A', kind: 'damaged', skippedTo: null } });
  });

  it('is not blamed for an error of the track before it', () => {
    const state = run(play('ab'), { type: 'skip' });
    expect(queueReducer(state, { type: 'failed', run: 1, failure: 'offline' })).toBe(state);
  });

  it('may be tried again after something else has played', () => {
    const state = run(play('ab'), { type: 'repeat', mode: 'all' });
    const playing = queueReducer(failNow(state), { type: 'started' });
    expect(now(queueReducer(playing, { type: 'ended', key: null }))).toBe('a');
  });
});

const SOURCE = { kind: 'home' } as const;
const keysIn = (state: QueueState): readonly number[] =>
  state.kind === 'active' ? state.items.map(({ key }) => key) : [];

const anyAction: fc.Arbitrary<QueueAction> = fc.oneof(
  fc
    .record({ titles: fc.constantFrom('', 'a', 'ab', 'abcde'), at: fc.integer({ min: -2, max: 9 }) })
    .map(({ titles, at }) => play(titles, at)),
  fc.constantFrom<QueueAction>(
    { type: 'skip' },
    { type: 'previous' },
    { type: 'ended', key: null },
    { type: 'started' },
    { type: 'clear' },
    { type: 'dismiss' },
  ),
  fc
    .constantFrom('x', 'xyz')
    .map((titles): QueueAction => ({ type: 'add', tracks: tracks(titles), source: { kind: 'home' } })),
  fc
    .constantFrom('x', 'xyz')
    .map((titles): QueueAction => ({ type: 'add', tracks: tracks(titles), source: SOURCE, next: true })),
  fc.array(fc.nat(12), { maxLength: 4 }).map((keys): QueueAction => ({ type: 'remove', keys })),
  fc.constant<QueueAction>({ type: 'undo' }),
  fc
    .record({ keys: fc.array(fc.nat(12), { maxLength: 4 }), before: fc.option(fc.nat(12)) })
    .map(({ keys, before }): QueueAction => ({ type: 'move', keys, before })),
  fc.nat(12).map((key): QueueAction => ({ type: 'jump', key })),
  fc.nat(6).map((at): QueueAction => ({ type: 'failed', run: at, failure: 'unsupported' })),
  fc.constantFrom('off', 'all', 'one').map((mode): QueueAction => ({ type: 'repeat', mode })),
  fc.nat(99).map((seed): QueueAction => ({ type: 'shuffle', seed })),
);

describe('whatever happens to the queue', () => {
  it('there is always exactly one current track unless it is empty, and no key stands twice', () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 60 }), (actions) => {
        const state = run(...actions);
        if (state.kind === 'empty') return;
        expect(currentItem(state)).not.toBeNull();
        expect(new Set(keysIn(state)).size).toBe(state.items.length);
        const asked = state.shuffled ? state.items.map(({ key }) => key).toSorted((a, b) => a - b) : [];
        expect(state.asked.toSorted((a, b) => a - b)).toEqual(asked);
      }),
    );
  });

  it('what comes next is edited without disturbing what sounds', () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 30 }), anyAction, (actions, edit) => {
        const before = run(...actions);
        const key = currentItem(before)?.key;
        fc.pre(['add', 'remove', 'move', 'undo', 'shuffle'].includes(edit.type) && key !== undefined);
        fc.pre(edit.type !== 'remove' || !edit.keys.includes(key ?? -1));
        const after = queueReducer(before, edit);
        expect(currentItem(after)?.key).toBe(key);
        expect(after).toMatchObject(
          before.kind === 'active' ? { run: before.run, turn: before.turn, intent: before.intent } : {},
        );
      }),
    );
  });

  it('what was taken out comes back to where it stood', () => {
    fc.assert(
      fc.property(fc.array(anyAction), fc.array(fc.nat(12)), (actions, keys) => {
        const before = run(...actions);
        const gone = keysIn(before).filter((key) => keys.includes(key));
        fc.pre(gone.length > 0);
        const after = queueReducer(queueReducer(before, { type: 'remove', keys }), { type: 'undo' });
        expect(keysIn(after)).toEqual(keysIn(before));
        if (after.kind === 'active' && before.kind === 'active' && gone.length < before.items.length)
          expect(after.asked).toEqual(before.asked);
      }),
    );
  });

  it('a block that is moved stands together, and nothing else changes its order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 1 }),
        fc.option(fc.nat(4)),
        fc.nat(4),
        (keys, before, at) => {
          const after = queueReducer(run(play('abcde', at)), { type: 'move', keys, before });
          const order = keysIn(after);
          const block = [...new Set(keys)].toSorted((a, b) => a - b);
          const first = order.indexOf(block[0] ?? 0);
          expect(order.slice(first, first + block.length)).toEqual(block);
          expect(order.filter((key) => !block.includes(key))).toEqual(
            [0, 1, 2, 3, 4].filter((key) => !block.includes(key)),
          );
          if (before !== null && !block.includes(before)) expect(order[first + block.length]).toBe(before);
          if (before === null) expect(order.slice(first)).toEqual(block);
        },
      ),
    );
  });

  it('shuffling twice changes nothing', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(), fc.nat(), (at, one, two) => {
        const before = run(play('abcde', at));
        const after = queueReducer(queueReducer(before, { type: 'shuffle', seed: one }), {
          type: 'shuffle',
          seed: two,
        });
        expect(after).toEqual(before);
      }),
    );
  });
});
