import { describe, expect, it } from '@jest/globals';
import { MOST_PER_LISTENER, WaitingListeners } from './waiting-listeners.js';

describe('WaitingListeners', () => {
  it('lets a listener wait for three renditions, for each by any number of requests', () => {
    const waiting = new WaitingListeners();
    const leave = Array.from({ length: MOST_PER_LISTENER }, (_, index) => waiting.enter('ann', `${index}`));
    waiting.enter('ann', '0')();
    expect(() => waiting.enter('ann', 'one more')).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 2 }),
    );
    waiting.enter('ben', 'one more')();
    leave[1]?.();
    waiting.enter('ann', 'one more')();
  });

  it('knows a rendition as awaited until the last request for it has gone', () => {
    const waiting = new WaitingListeners();
    const leave = [waiting.enter('ann', 'song'), waiting.enter('ann', 'song'), waiting.enter('ben', 'song')];
    for (const each of leave) {
      expect(waiting.isAwaited('song')).toBe(true);
      each();
    }
    expect(waiting.isAwaited('song')).toBe(false);
  });
});
