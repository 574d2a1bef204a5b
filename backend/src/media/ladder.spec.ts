import { describe, expect, it } from '@jest/globals';
import { stereoPan } from './downmix.js';
import { filterChain, LADDER, renditionRate, resampledCount, rungArgs, sharedFilters } from './ladder.js';

const CD = { sampleRateHz: 44_100, channels: 2, bitDepth: 16, channelLayout: 'stereo' };

describe('the rates of the ladder', () => {
  it.each([
    ['opus', 44_100, 48_000],
    ['aac', 11_025, 44_100],
    ['aac', 22_050, 44_100],
    ['aac', 88_200, 44_100],
    ['aac', 176_400, 44_100],
    ['aac', 8_000, 48_000],
    ['aac', 32_000, 48_000],
    ['aac', 96_000, 48_000],
    ['flac', 22_050, 22_050],
    ['flac', 192_000, 192_000],
    ['flac', 352_800, 176_400],
    ['flac', 384_000, 192_000],
  ] as const)('%s of a source at %i Hz has %i Hz', (codec, source, rate) => {
    expect(renditionRate(codec, source)).toBe(rate);
  });

  it('counts resampled samples as soxr does', () => {
    expect(resampledCount(6_058_240, 44_100, 48_000)).toBe(6_594_003);
    expect(resampledCount(1001, 44_100, 44_100)).toBe(1001);
  });
});

describe('the filters of a rung', () => {
  it('go through floats wherever they resample, and count timestamps last', () => {
    expect(filterChain('opus', CD)).toBe(
      'aformat=sample_fmts=fltp,aresample=48000:resampler=soxr:precision=20,pan=stereo|c0=c0|c1=c1,' +
        'aformat=sample_fmts=flt:channel_layouts=stereo,asettb=1/sr,asetpts=N',
    );
  });

  it('leave the samples of a lossless source alone', () => {
    expect(filterChain('flac', CD)).not.toMatch(/fltp|aresample/);
    expect(rungArgs(LADDER[6], { ...CD, bitDepth: 24 }).join(' ')).toContain('-bits_per_raw_sample 24');
    expect(rungArgs(LADDER[6], CD).join(' ')).not.toContain('-bits_per_raw_sample');
  });

  it('are run once for the rungs of a codec', () => {
    const { filterComplex, outputs } = sharedFilters(LADDER, CD);
    expect(filterComplex.match(/aresample/g)).toHaveLength(1);
    expect(filterComplex.match(/asplit=3\[/g)).toHaveLength(2);
    expect(outputs.map(([, label]) => label)).toEqual(LADDER.map((rung) => `[${rung.name}]`));
  });

  it('double a mono source', () => {
    expect(filterChain('flac', { ...CD, channels: 1 })).toMatch(/^pan=stereo\|c0=c0\|c1=c0,/);
  });
});

describe('the mix to stereo', () => {
  const gains = (pan: string): number[] =>
    pan
      .split('|')
      .slice(1)
      .map((side) => [...side.matchAll(/([\d.]+)\*c/g)].reduce((sum, [, gain]) => sum + Number(gain), 0));

  it.each([
    [3, null],
    [4, '4.0'],
    [6, '5.1(side)'],
    [8, '7.1'],
    [8, 'unknown to anybody'],
    [16, null],
  ])('of %i channels (%s) stays below full scale when all of them are loudest', (channels, layout) => {
    for (const gain of gains(stereoPan(channels, layout))) expect(gain).toBeCloseTo(10 ** (-1 / 20), 4);
  });

  it('puts the centre on both sides and leaves the bass channel out', () => {
    const pan = stereoPan(6, '5.1');
    expect(pan.match(/\*c2/g)).toHaveLength(2);
    expect(pan).not.toContain('c3');
  });
});
