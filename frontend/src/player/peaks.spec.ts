import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { barHeights, barsThatFit, decodePeaks, wavePath } from './peaks';

describe('the waveform', () => {
  it('reads the bytes that the server sends as base64', () => {
    expect([...decodePeaks(Buffer.from([0, 128, 255]).toString('base64'))]).toEqual([0, 128, 255]);
  });

  it('keeps the loudest moment of each stretch', () => {
    expect(barHeights(Uint8Array.of(0, 200, 10, 20, 100, 0), 3)).toEqual([1, 0.1, 0.5]);
  });

  it('has a bar for each place also when the track is shorter than the bar is wide', () => {
    expect(barHeights(Uint8Array.of(255, 0), 4)).toEqual([1, 1, 0, 0]);
  });

  it('fills the width without reaching past it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 4000 }), (width) => {
        const bars = barsThatFit(width);
        expect((bars - 1) * 4 + 2.4).toBeLessThanOrEqual(width);
        expect(bars * 4 + 2.4).toBeGreaterThan(width);
      }),
    );
  });

  it('draws silence as a thin line instead of nothing', () => {
    expect(wavePath([0, 1], 34)).toBe('M0 16.3h2.4v1.5h-2.4zM4 0.0h2.4v34.0h-2.4z');
  });
});
