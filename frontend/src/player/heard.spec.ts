import { describe, expect, it } from '@jest/globals';
import { trackForSpecs } from '../api/track-for-specs';
import { hearing, NOTHING_HEARD } from './heard';
import { EMPTY_QUEUE, queueReducer, type QueueAction, type QueueState } from './queue-reducer';

const PLAY: QueueAction = {
  type: 'play',
  tracks: [...'abc'].map((title) => trackForSpecs(title)),
  startAt: 0,
  source: { kind: 'library' },
};

const heardOf = (...actions: readonly QueueAction[]): readonly string[] => {
  let state: QueueState = EMPTY_QUEUE;
  let heard = NOTHING_HEARD;
  for (const action of actions) {
    state = queueReducer(state, action);
    heard = hearing(heard, state);
  }
  return heard.items.map(({ track }) => track.title);
};

describe('what was heard in a session', () => {
  it('stands in its order, the newest first, also what was heard twice', () => {
    const again: QueueAction = { type: 'jump', key: 0 };
    expect(heardOf(PLAY, { type: 'skip' }, { type: 'advanced', key: 2 }, again)).toEqual([
      'a',
      'c',
      'b',
      'a',
    ]);
  });

  it('is not what stood there while nothing sounded', () => {
    const pause: QueueAction = { type: 'intend', intent: 'pause' };
    const play: QueueAction = { type: 'intend', intent: 'play' };
    expect(heardOf(PLAY, pause, play)).toEqual(['a']);
    const items = [{ key: 7, track: trackForSpecs('z') }];
    const restore: QueueAction = {
      ...{ type: 'restore', items, index: 0, source: { kind: 'home' } },
      ...{ repeat: 'off', shuffled: false },
    };
    expect(heardOf(restore)).toEqual([]);
    expect(heardOf(restore, play)).toEqual(['z']);
  });
});
