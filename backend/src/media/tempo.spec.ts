import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  BREAK,
  clicks,
  type DrumPattern,
  drums,
  FOUR,
  HOUSE,
  ROCK,
  WALTZ,
} from '../../test/support/synthetic-music.js';
import { MonoAnalysis } from './mono-analysis.js';
import { findTempo, type TempoFacts } from './tempo.js';

const SECONDS = 18;
const TEMPOS = [60, 72, 80, 95, 110, 125, 140, 160, 174, 180];
const PATTERNS: Readonly<Record<string, DrumPattern>> = { ROCK, HOUSE, FOUR, BREAK, WALTZ };

const tempoOf = (samples: Int16Array): TempoFacts => {
  const analysis = new MonoAnalysis();
  analysis.add(samples);
  return analysis.finish();
};

const isNear = (found: number | null, bpm: number): boolean =>
  found !== null && Math.abs(found / bpm - 1) < 0.01;

describe('the tempo', () => {
  it.each(TEMPOS)('of a click track of %i bpm is found to a hundredth, or named beside its half', (bpm) => {
    const { bpm: found, bpmAlternative } = tempoOf(clicks(bpm, SECONDS));
    expect(isNear(found, bpm) || isNear(bpmAlternative, bpm)).toBe(true);
    if (bpm <= 160) expect(isNear(found, bpm)).toBe(true);
  });

  it.each(Object.entries(PATTERNS))('of the drums %s is never a third or a fifth off', (_, pattern) => {
    const missed = TEMPOS.filter((bpm) => {
      const { bpm: found, bpmAlternative } = tempoOf(drums(pattern, bpm, SECONDS));
      return !isNear(found, bpm) && !isNear(bpmAlternative, bpm);
    });
    expect(missed).toEqual([]);
  });

  it('between 98 and 128 bpm is the one that the drums were played in', () => {
    for (const [name, pattern] of Object.entries(PATTERNS))
      for (const bpm of [98, 128])
        expect({ name, bpm, right: isNear(tempoOf(drums(pattern, bpm, SECONDS)).bpm, bpm) }).toEqual({
          name,
          bpm,
          right: true,
        });
  });

  it('is told of ten seconds, and not of three', () => {
    expect(isNear(tempoOf(drums(ROCK, 120, 10)).bpm, 120)).toBe(true);
    expect(tempoOf(drums(ROCK, 120, 3))).toMatchObject({
      bpm: null,
      bpmAlternative: null,
      bpmConfidence: null,
    });
  });

  it('is not told of a steady tone or of silence', () => {
    const tone = Int16Array.from({ length: 22_050 * 20 }, (_, index) => 9000 * Math.sin(index / 8));
    expect(tempoOf(tone).bpm).toBeNull();
    expect(tempoOf(new Int16Array(22_050 * 20)).bpm).toBeNull();
  });

  it('of whatever repeats like no music is none, or one that a listener could count', () => {
    const anything = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 1024,
      maxLength: 1024,
    });
    fc.assert(
      fc.property(anything, (correlation) => {
        const { bpm, bpmAlternative } = findTempo([1, ...correlation.slice(1)], 43);
        for (const tempo of [bpm, bpmAlternative])
          expect(tempo === null || (tempo > 35 && tempo < 260)).toBe(true);
      }),
    );
  });
});
