import { describe, expect, it } from '@jest/globals';
import { peakKbps } from './peak-bitrate.js';

describe('peakKbps', () => {
  it('is the rate of the most demanding segment', () => {
    expect(peakKbps([80_000, 100_000, 60_000], [192_000, 192_000, 192_000], 48_000)).toBe(200);
  });

  it('a last segment of a few samples does not count as a burst', () => {
    expect(peakKbps([80_000, 900], [192_000, 48], 48_000)).toBe(160);
  });

  it('silence still needs some network', () => {
    expect(peakKbps([10], [192_000], 48_000)).toBe(1);
  });
});
