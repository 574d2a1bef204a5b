import { describe, expect, it } from '@jest/globals';
import { historyOf } from '../data/histories.js';
import { toHistories } from '../data/interactions.js';
import { ease } from '../models/ease.js';
import { itemKnn } from '../models/item-knn.js';
import type { Model } from '../models/model.js';
import { popularity } from '../models/popularity.js';
import { ownShare, simulate, simulatedInteractions } from './simulate.js';
import { HOUSE } from './simulation-shape.js';

const SMALL = { ...HOUSE, listeners: 40, tracks: 400, weeks: 4 };
const SEED = 2026;

describe('a simulated house', () => {
  const small = simulate(SMALL, SEED);
  const { plays, tracks } = small;

  it('is the same of the same seed, and another of another', () => {
    expect(simulate(SMALL, SEED)).toEqual(small);
    expect(simulate(SMALL, SEED + 1).plays.tracks).not.toEqual(plays.tracks);
  });

  it('does not change for those who live there when one more moves in', () => {
    const more = simulate({ ...SMALL, listeners: 41 }, SEED).plays;
    const without = [...more.tracks].filter((_, row) => more.listeners[row] !== 40);
    expect(without).toEqual([...plays.tracks]);
  });

  it('has plays in the order they began, sessions of one listener, and nothing longer than its track', () => {
    const ofSession = new Map<number, number>();
    plays.startsMs.forEach((start, row) => {
      expect(start).toBeGreaterThanOrEqual(plays.startsMs[row - 1] ?? 0);
      expect(plays.playedMs[row]).toBeLessThanOrEqual(tracks.lengthsMs[plays.tracks[row] ?? 0] ?? 0);
      const session = plays.sessions[row] ?? -1;
      expect(ofSession.get(session) ?? plays.listeners[row]).toBe(plays.listeners[row]);
      ofSession.set(session, plays.listeners[row] ?? -1);
    });
  });

  it('has as much noise as it was told, and skips it five times as often', () => {
    const skips = { own: 0, noise: 0 };
    const counts = { own: 0, noise: 0 };
    plays.isNoise.forEach((isNoise, row) => {
      const kind = isNoise === 1 ? 'noise' : 'own';
      counts[kind]++;
      if ((plays.playedMs[row] ?? 0) < 0.3 * (tracks.lengthsMs[plays.tracks[row] ?? 0] ?? 0)) skips[kind]++;
    });
    expect(counts.noise / plays.isNoise.length).toBeCloseTo(0.2, 1);
    expect(skips.noise / counts.noise).toBeGreaterThan((4 * skips.own) / counts.own);
  });

  it('has a long tail: a tenth of the tracks has more than a third of the plays', () => {
    const counts = new Int32Array(SMALL.tracks);
    for (const track of plays.tracks) counts[track] = (counts[track] ?? 0) + 1;
    const mostFirst = [...counts].sort((a, b) => b - a);
    const head = mostFirst.slice(0, SMALL.tracks / 10).reduce((sum, count) => sum + count, 0);
    expect(head / plays.tracks.length).toBeGreaterThan(1 / 3);
  });

  it('tells nothing of what is played later', () => {
    const half = (plays.startsMs.at(-1) ?? 0) / 2;
    const early = simulatedInteractions(small, half);
    expect(early.items).toEqual(plays.tracks.slice(0, early.items.length));
    expect(Math.min(...(early.ages ?? []))).toBeGreaterThan(0);
    expect(plays.startsMs[early.items.length]).toBeGreaterThanOrEqual(half);
  });

  it.each([{ clusters: 40 }, { tracks: 5 }, { noise: 1.5 }, { weeks: 0 }])('cannot be %p', (wrong) =>
    expect(() => simulate({ ...SMALL, ...wrong }, SEED)).toThrow(RangeError),
  );
});

describe('lists in a house of 200 listeners and 5,000 tracks', () => {
  const house = simulate(HOUSE, SEED);
  const data = toHistories(simulatedInteractions(house));

  const shareOf = (model: Model): number => {
    let sum = 0;
    for (let user = 0; user < HOUSE.listeners; user++) {
      const known = new Set(historyOf(data, user).items);
      const scores = model.scores(historyOf(data, user));
      const open = [...scores.keys()].filter((item) => !known.has(item));
      const list = open.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, 30);
      sum += ownShare(house, user, list);
    }
    return sum / HOUSE.listeners;
  };

  it('are of the listener’s own clusters where a model knows them, and not where popularity makes them', async () => {
    const shares = {
      popularity: shareOf(await popularity.train(data, popularity.defaults, SEED)),
      itemKnn: shareOf(await itemKnn.train(data, itemKnn.defaults, SEED)),
      ease: shareOf(await ease.train(data, ease.defaults, SEED)),
    };
    expect(shares.popularity).toBeLessThan(0.25);
    expect(shares.itemKnn).toBeGreaterThan(0.7);
    expect(shares.ease).toBeGreaterThan(0.7);
  });
});
