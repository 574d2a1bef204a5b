import { describe, expect, it } from '@jest/globals';
import { cutOf, holdOutOf } from './hold-out.js';
import type { Liking } from './training-data.js';

const liking = (userId: string, trackId: string, firstAt: number): Liking => ({
  userId,
  trackId,
  gain: 1,
  firstAt,
  lastAt: firstAt,
});
const weeks = (users: number, each: number): Liking[] =>
  Array.from({ length: users * each }, (_, at) => liking(`u${at % users}`, `t${at}`, at));
const beforeOf = (likings: readonly Liking[], cut: number): Liking[] =>
  likings.filter(({ firstAt }) => firstAt < cut);

describe('what is held out of a training', () => {
  it('is all that anybody first heard after one moment, about an eighth', () => {
    const likings = weeks(4, 25);
    const cut = cutOf(likings);
    expect(cut).toBe(88);
    const holdOut = holdOutOf(likings, cut, beforeOf(likings, 88));
    expect(holdOut.kind).toBe('temporal');
    expect(holdOut.truth.map(({ firstAt }) => firstAt)).toEqual([
      88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
    ]);
    expect(holdOut.train.every(({ firstAt }) => firstAt < 88)).toBe(true);
  });

  it('holds nothing that was planted after that moment in what is learnt from', () => {
    const likings = weeks(4, 25);
    const planted = [...likings, liking('u0', 'future', 10_000)];
    const cut = cutOf(planted) ?? 0;
    const holdOut = holdOutOf(planted, cut, beforeOf(planted, cut));
    expect(holdOut.train.some(({ trackId }) => trackId === 'future')).toBe(false);
    expect(holdOut.truth.some(({ trackId }) => trackId === 'future')).toBe(true);
  });

  it('is drawn at random where all came at one moment, the same each day, and never of those of whom little is known', () => {
    const likings = [...weeks(3, 10), liking('new', 'a', 1), liking('new', 'b', 1)].map((each) => ({
      ...each,
      firstAt: 5,
    }));
    expect(cutOf(likings)).toBeNull();
    const holdOut = holdOutOf(likings, null, []);
    expect(holdOut).toEqual(holdOutOf([...likings].reverse().reverse(), null, []));
    expect(holdOut.kind).toBe('random');
    expect(holdOut.truth).toHaveLength(3);
    expect(holdOut.truth.some(({ userId }) => userId === 'new')).toBe(false);
    expect(holdOut.train).toHaveLength(likings.length - 3);
  });

  it('is drawn at random where time leaves most listeners with nothing to find', () => {
    const old = weeks(9, 10).map((each) => ({ ...each, firstAt: 0 }));
    const likings = [...old, ...Array.from({ length: 40 }, (_, at) => liking('u0', `n${at}`, 100 + at))];
    const cut = cutOf(likings) ?? 0;
    expect(holdOutOf(likings, cut, beforeOf(likings, cut)).kind).toBe('random');
  });
});
