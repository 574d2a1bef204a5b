import { describe, expect, it } from '@jest/globals';
import { barLevels } from './bar-levels';

describe('the columns of the visualiser', () => {
  it('stand where a tone sounds, low ones at the left', () => {
    const bins = new Uint8Array(2048);
    bins[Math.round((440 * 4096) / 48_000)] = 255;
    const bars = barLevels(bins, 48_000, 48);
    expect(bars).toHaveLength(48);
    const loud = bars.flatMap((level, at) => (level === 1 ? [at] : []));
    expect(loud.length).toBeGreaterThan(0);
    expect(loud.every((at) => at > 15 && at < 23)).toBe(true);
  });

  it('are flat in silence', () => {
    expect(new Set(barLevels(new Uint8Array(2048), 44_100, 12))).toEqual(new Set([0]));
  });
});
