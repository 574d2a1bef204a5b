import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cadence, drums, HOUSE } from '../../test/support/synthetic-music.js';
import { energyOf } from './energy.js';
import { MonoAnalysis } from './mono-analysis.js';

const energy = (samples: Int16Array): number => {
  const analysis = new MonoAnalysis();
  analysis.add(samples);
  return analysis.finish().energy ?? Number.NaN;
};

const parts = fc.record({
  levelDb: fc.double({ min: -120, max: 6, noNaN: true }),
  onsetDbASecond: fc.double({ min: 0, max: 500, noNaN: true }),
  brightness: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('the energy of a track', () => {
  it('lies between 0 and 1, and never falls when it gets louder, denser or brighter', () => {
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 10, noNaN: true }), (before, more) => {
        const value = energyOf(before);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        for (const part of ['levelDb', 'onsetDbASecond', 'brightness'] as const)
          expect(energyOf({ ...before, [part]: before[part] + more })).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  it('of dancing drums is above that of held chords, and of loud ones above quiet ones', () => {
    const loud = drums(HOUSE, 126, 15);
    const quiet = loud.map((sample) => sample / 10);
    expect(energy(loud)).toBeGreaterThan(energy(quiet) + 0.1);
    expect(energy(quiet.map((sample) => sample * 2))).toBeGreaterThan(
      energy(cadence(0, 'minor').map((s) => s / 8)),
    );
  });

  it('is not told of silence', () => {
    expect(energy(new Int16Array(22_050 * 3))).toBeNaN();
  });

  it('is not changed by silence around the music', () => {
    const music = drums(HOUSE, 126, 15);
    const padded = new Int16Array(music.length + 22_050 * 20);
    padded.set(music, 22_050 * 5);
    expect(energy(padded)).toBeCloseTo(energy(music), 1);
  });
});
