import { describe, expect, it } from '@jest/globals';
import { BrokenRungs } from './broken-rungs';
import type { GrantedItem } from './queue-timeline';

const item: GrantedItem = {
  trackId: 'a',
  startMs: 0,
  durationMs: 1000,
  sampleRateHz: 48_000,
  samples: 48_000,
  primingSamples: 312,
  frameSamples: 960,
  leadSamples: 0,
  segmentCount: 1,
  samplesPerSegment: 48_312,
  segmentSamples: null,
  gainDb: 0,
  albumGainDb: null,
  rungs: [96, 160, 320].map((bitrateKbps) => ({ bitrateKbps, init: '', segments: '' })),
};
const kbpsOf = ({ rungs }: GrantedItem): number[] => rungs.map(({ bitrateKbps }) => bitrateKbps);

describe('rungs that cannot be had', () => {
  it('leave the others of their track, until none is left; another track keeps all of its own', () => {
    const broken = new BrokenRungs(() => 0);
    expect(broken.drop(item, 160)).toBe(true);
    expect(broken.isOutdated(item)).toBe(true);
    const left = broken.without(item);
    expect(kbpsOf(left)).toEqual([96, 320]);
    expect(broken.isOutdated(left)).toBe(false);
    expect(kbpsOf(broken.without({ ...item, trackId: 'b' }))).toEqual([96, 160, 320]);
    expect(broken.drop(item, 96)).toBe(true);
    expect(kbpsOf(broken.without(left))).toEqual([320]);
    expect(broken.isExhausted(item)).toBe(false);
    expect(broken.drop(item, 320)).toBe(false);
    expect(broken.isExhausted(item)).toBe(true);
    expect(broken.without(item)).toBe(item);
  });

  it('are tried again after a minute', () => {
    let now = 0;
    const broken = new BrokenRungs(() => now);
    broken.drop(item, 320);
    now = 59_999;
    expect(kbpsOf(broken.without(item))).toEqual([96, 160]);
    now = 60_000;
    expect(broken.without(item)).toBe(item);
  });
});
