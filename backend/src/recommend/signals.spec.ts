import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decayAt, normalised } from './signals.js';

describe('signals of taste', () => {
  it('are worth half after 90 days', () => {
    expect(decayAt(Date.parse('2026-01-01'))).toBe(1);
    expect(decayAt(Date.parse('2026-04-01'))).toBeCloseTo(0.5, 12);
  });

  it('become weights beside the listener’s own mean, in the order of the gains and within their bounds', () => {
    expect(normalised([2, 2, 2])).toEqual([1, 1, 1]);
    expect(normalised([])).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1 }), (gains) => {
        const weights = normalised(gains);
        expect(weights.every((weight) => weight >= 0.2 && weight <= 4)).toBe(true);
        const order = gains.map((_, at) => at).sort((a, b) => (gains[a] ?? 0) - (gains[b] ?? 0));
        for (let at = 1; at < order.length; at++)
          expect(weights[order[at] ?? 0]).toBeGreaterThanOrEqual(weights[order[at - 1] ?? 0] ?? 0);
      }),
    );
  });

  it('do not depend on how long ago all of it was', () => {
    const gains = [1, 3, 0.5];
    normalised(gains.map((gain) => gain * 1e-6)).forEach((weight, at) =>
      expect(weight).toBeCloseTo(normalised(gains)[at] ?? 0, 9),
    );
  });
});
