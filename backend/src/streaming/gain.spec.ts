import { describe, expect, it } from '@jest/globals';
import { gainDb } from './gain.js';

describe('gainDb', () => {
  it.each([
    ['a loud master is turned down to the target', -8.3, 0.4, -9.7],
    ['a soft track with room is turned up', -23, -9, 5],
    ['a soft track is turned up only as far as its peak allows', -23, -3.5, 2.5],
    ['a soft track that already peaks stays as it is', -23, -0.2, 0],
    ['a near silence is not turned into hiss', -60, -50, 12],
    ['silence stays silence', -70, -91, 0],
    ['a soft track whose peak nobody measured stays as it is', -23, null, 0],
    ['a loud track whose peak nobody measured is turned down', -10, null, -8],
    ['a track that nobody measured stays as it is', null, null, 0],
  ])('%s', (_what, lufs, peak, expected) => {
    expect(gainDb(lufs, peak)).toBe(expected);
  });

  it('no boost lifts a true peak above the ceiling', () => {
    for (let lufs = -69; lufs < 0; lufs += 0.7)
      for (let peak = -60; peak < 3; peak += 0.9) {
        const gain = gainDb(lufs, peak);
        if (gain > 0) expect(peak + gain).toBeLessThanOrEqual(-1 + 0.005);
        expect(lufs + gain).toBeLessThanOrEqual(Math.max(lufs, -18) + 0.005);
      }
  });
});
