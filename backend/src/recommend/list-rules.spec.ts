import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrange } from './arrange.js';
import { blended, calibrated, standardised } from './blend-score.js';
import { CANDIDATE_SOURCES, type Scored } from './candidate.js';
import { explorations, explore } from './explore.js';
import { flowing } from './flow.js';
import { LIST_LENGTH, movementOf, noveltyOf, quotasOf } from './movements.js';
import { weekOf } from './week.js';

const TRACKS: fc.Arbitrary<Scored[]> = fc
  .array(
    fc.record({
      artistId: fc.option(fc.constantFrom(...Array.from({ length: 40 }, (_, at) => `artist ${at}`))),
      genreIds: fc.uniqueArray(fc.constantFrom('jazz', 'rock', 'folk', 'dub'), { maxLength: 3 }),
      source: fc.constantFrom(...CANDIDATE_SOURCES),
      modelScore: fc.option(fc.double({ min: -3, max: 3, noNaN: true })),
      affinity: fc.double({ min: 0, max: 1, noNaN: true }),
      listeners: fc.nat({ max: 500 }),
      isKnownArtist: fc.boolean(),
      bpm: fc.option(fc.double({ min: 50, max: 200, noNaN: true })),
      energy: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      score: fc.double({ min: -3, max: 3, noNaN: true }),
    }),
    { maxLength: 120 },
  )
  .map((rows) => rows.map((row, at) => ({ ...row, trackId: `track ${at}` })));
const ADVENTURE = fc.integer({ min: -2, max: 2 });

const wishes = (adventure: number, mostOfArtist = 1) => ({
  quotas: quotasOf(adventure),
  mostOfArtist,
  genreMix: new Map([['jazz', 0.5]]),
});
const ids = (tracks: readonly Scored[]): string[] => tracks.map(({ trackId }) => trackId);

describe('the rules of a list', () => {
  it('give thirty tracks, each once and no artist twice, and fewer only when there is no more', () => {
    fc.assert(
      fc.property(TRACKS, ADVENTURE, (tracks, adventure) => {
        const list = arrange(tracks, wishes(adventure));
        expect(new Set(ids(list)).size).toBe(list.length);
        const artists = list.flatMap(({ artistId }) => artistId ?? []);
        expect(new Set(artists).size).toBe(artists.length);
        const most =
          new Set(tracks.flatMap(({ artistId }) => artistId ?? [])).size +
          tracks.filter(({ artistId }) => artistId === null).length;
        expect(list.length).toBe(Math.min(LIST_LENGTH, most));
      }),
      { numRuns: 60 },
    );
  });

  it('do not depend on the order in which candidates were found', () => {
    fc.assert(
      fc.property(TRACKS, (tracks) => {
        expect(ids(arrange([...tracks].reverse(), wishes(0)))).toEqual(ids(arrange(tracks, wishes(0))));
      }),
      { numRuns: 30 },
    );
  });

  it('give each movement what the listener asked for, where there is enough of it', () => {
    const base = {
      source: 'model',
      affinity: 0,
      listeners: 1,
      bpm: null,
      energy: null,
      genreIds: [],
    } as const;
    const tracks: Scored[] = Array.from({ length: 90 }, (_, at) => ({
      ...base,
      trackId: `t${at}`,
      artistId: `a${at}`,
      modelScore: at % 3 === 1 ? 1 : null,
      isKnownArtist: at % 3 === 0,
      score: -at,
    }));
    for (const adventure of [-2, -1, 0, 1, 2]) {
      const list = arrange(tracks, wishes(adventure));
      const counts = [1, 2, 3].map(
        (movement) => list.filter((track) => movementOf(track) === movement).length,
      );
      expect(counts).toEqual([...quotasOf(adventure)]);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(LIST_LENGTH);
    }
  });

  it('put novelty from 0 to 100 into the third of its movement', () => {
    fc.assert(
      fc.property(TRACKS, (tracks) => {
        for (const track of tracks) {
          const [novelty, movement] = [noveltyOf(track), movementOf(track)];
          expect(novelty).toBeGreaterThanOrEqual(Math.floor(((movement - 1) * 100) / 3));
          expect(novelty).toBeLessThanOrEqual(Math.ceil((movement * 100) / 3));
        }
      }),
    );
  });

  it('take off from what is famous until the best are no more famous than what the listener hears', () => {
    const tracks = Array.from({ length: 200 }, (_, at): Scored => ({
      trackId: `t${at}`,
      artistId: null,
      genreIds: [],
      source: 'model',
      modelScore: null,
      affinity: 0,
      listeners: at,
      isKnownArtist: false,
      bpm: null,
      energy: null,
      score: at / 100,
    }));
    const fame = (list: readonly Scored[]): number =>
      [...list]
        .sort((a, b) => b.score - a.score)
        .slice(0, 60)
        .reduce((sum, { listeners }) => sum + Math.log1p(listeners), 0) / 60;
    expect(fame(calibrated(tracks, 4))).toBeLessThanOrEqual(4);
    expect(fame(calibrated(tracks, 4))).toBeGreaterThan(3.5);
    expect(calibrated(tracks, 9)).toEqual(tracks);
  });

  it('lose and invent no track while they put them in a flow, and begin with the best', () => {
    fc.assert(
      fc.property(TRACKS, (tracks) => {
        const list = flowing(tracks);
        expect(ids(list).sort()).toEqual(ids(tracks).sort());
        if (list.length > 0) expect(list[0]?.score).toBe(Math.max(...tracks.map(({ score }) => score)));
      }),
    );
  });

  it('draw a stretch by chance, each once, the same with the same seed, and keep the chance', () => {
    fc.assert(
      fc.property(TRACKS, fc.nat(), (tracks, seed) => {
        const drawn = explore(tracks, 3, seed);
        expect(drawn).toEqual(explore(tracks, 3, seed));
        expect(new Set(drawn.map(({ track }) => track.trackId)).size).toBe(Math.min(3, tracks.length));
        for (const { propensity } of drawn) expect(propensity > 0 && propensity <= 1).toBe(true);
      }),
    );
    expect([-2, 0, 2].map((adventure) => explorations(30, adventure))).toEqual([1, 2, 3]);
    expect(explorations(9, 2)).toBe(0);
  });

  it('score all that is alike alike, and let tags speak where the model knows nothing', () => {
    expect(standardised([2, 2])).toEqual([0, 0]);
    fc.assert(
      fc.property(TRACKS, (tracks) => {
        for (const { score } of blended(tracks)) expect(Number.isFinite(score)).toBe(true);
      }),
    );
  });
});

describe('the week of a listener', () => {
  it('begins on their own Monday', () => {
    const sundayInLondon = new Date('2026-11-22T20:00:00Z');
    expect(weekOf(sundayInLondon, 'Europe/London')).toBe('2026-11-16');
    expect(weekOf(sundayInLondon, 'Asia/Tokyo')).toBe('2026-11-23');
    expect(weekOf(new Date('2026-11-23T00:00:00Z'), 'UTC')).toBe('2026-11-23');
    expect(weekOf(new Date('2026-11-23T03:00:00Z'), 'America/New_York')).toBe('2026-11-16');
  });
});
