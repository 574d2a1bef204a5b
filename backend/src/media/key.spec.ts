import { describe, expect, it } from '@jest/globals';
import { cadence, type Mode, scale } from '../../test/support/synthetic-music.js';
import { findKey, type KeyFacts } from './key.js';
import { MonoAnalysis } from './mono-analysis.js';
import { TONICS } from './tonics.js';

const keyOf = (samples: Int16Array): KeyFacts => {
  const analysis = new MonoAnalysis();
  analysis.add(samples);
  return analysis.finish();
};
const nameOf = ({ keyTonic, keyMode }: KeyFacts): string =>
  `${TONICS[keyTonic ?? -1] ?? 'no'} ${keyMode ?? 'key'}`;
const MODES: readonly Mode[] = ['major', 'minor'];
const KEYS = MODES.flatMap((mode) => TONICS.map((name, tonic) => ({ name, tonic, mode })));

describe('the key', () => {
  it.each(KEYS)('of a cadence in $name $mode is $name $mode', ({ name, tonic, mode }) => {
    expect(nameOf(keyOf(cadence(tonic, mode)))).toBe(`${name} ${mode}`);
  });

  it.each(KEYS)('of a scale in $name $mode is $name $mode', ({ name, tonic, mode }) => {
    expect(nameOf(keyOf(scale(tonic, mode)))).toBe(`${name} ${mode}`);
  });

  it.each([-40, -25, 30, 45])('is found in an orchestra that is tuned %i cents off', (cents) => {
    for (const mode of MODES) expect(nameOf(keyOf(cadence(2 + cents / 100, mode)))).toBe(`D ${mode}`);
  });

  it('is surer of a cadence than of an octave', () => {
    const octave = findKey([1, 0, 0, 0, 0, 0, 0, 0.2, 0, 0, 0, 0]).keyConfidence ?? 0;
    expect(keyOf(cadence(0, 'major')).keyConfidence ?? 0).toBeGreaterThan(octave);
  });

  it('is not told of silence, of a moment, or of all twelve notes at once', () => {
    expect(nameOf(keyOf(new Int16Array(22_050 * 10)))).toBe('no key');
    expect(nameOf(keyOf(cadence(0, 'major').subarray(0, 20_000)))).toBe('no key');
    expect(nameOf(findKey(Array.from({ length: 12 }, () => 1)))).toBe('no key');
  });
});
