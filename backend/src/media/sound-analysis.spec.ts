import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drums, ROCK } from '../../test/support/synthetic-music.js';
import { SHORTEST_CLIP_SAMPLES } from './clipping.js';
import { SILENCE_AMPLITUDE } from './edges.js';
import { type Analysis, SoundAnalysis } from './sound-analysis.js';
import type { PcmFacts } from './sound-facts.js';

const bytesOf = (samples: ArrayLike<number>): Buffer => Buffer.from(Int16Array.from(samples).buffer);

const analyse = (samples: ArrayLike<number>, channels = 1): Analysis => {
  const analysis = new SoundAnalysis({ sampleRateHz: 44_100, channels });
  analysis.add('pcm', bytesOf(samples));
  return analysis.finish();
};
const pcmOf = (samples: ArrayLike<number>, channels = 1): PcmFacts => analyse(samples, channels).pcm;

const silence = (length: number): number[] => Array.from({ length }, () => 0);

describe('silence at the edges', () => {
  it('ends with the first sample of any channel that is heard, and begins after the last', () => {
    const frames = [0, 0, 5, -5, 0, 900, 700, 0, 0, -40, 0, 0, 12, 0];
    expect(pcmOf(frames, 2)).toMatchObject({ leadingSilenceSamples: 2, trailingSilenceSamples: 2 });
  });

  it('has the length of all that was put around a sound', () => {
    fc.assert(
      fc.property(
        fc.nat(3000),
        fc.nat(3000),
        fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 50 }),
        fc.constantFrom(SILENCE_AMPLITUDE, -SILENCE_AMPLITUDE, -32_768, 32_767),
        (before, after, inside, edge) => {
          const track = [...silence(before), edge, ...inside, edge, ...silence(after)];
          expect(pcmOf(track)).toMatchObject({
            leadingSilenceSamples: before,
            trailingSilenceSamples: after,
          });
        },
      ),
    );
  });

  it('is the whole of a track that is below the threshold throughout', () => {
    const hiss = Array.from(
      { length: 500 },
      (_, index) => (index % 2 === 0 ? 1 : -1) * (SILENCE_AMPLITUDE - 1),
    );
    expect(pcmOf(hiss)).toMatchObject({ leadingSilenceSamples: 500, trailingSilenceSamples: 0 });
  });
});

describe('clipping', () => {
  it('is a run of three samples or more at full scale, in one channel', () => {
    const left = [9, 32_767, 32_767, 32_767, 9, -32_768, -32_768, 9, 32_767, 32_767];
    const right = [32_767, 9, 32_767, 9, 32_767, 9, 32_767, -32_768, -32_768, 32_767];
    const frames = left.flatMap((sample, index) => [sample, right[index] ?? 0]);
    expect(pcmOf(frames, 2)).toMatchObject({ clippedRuns: 2, clippedSamples: 7, longestClipSamples: 4 });
  });

  it('counts what a slower reading of the same samples counts', () => {
    const sample = fc.constantFrom(32_767, 32_767, 32_767, -32_768, 100, 32_766, -32_767);
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 200 }), (samples) => {
        const runs = samples
          .map((value) => (value === 32_767 || value === -32_768 ? 'x' : ' '))
          .join('')
          .split(' ')
          .filter((run) => run.length >= SHORTEST_CLIP_SAMPLES)
          .map((run) => run.length);
        expect(pcmOf(samples)).toMatchObject({
          clippedRuns: runs.length,
          clippedSamples: runs.reduce((sum, length) => sum + length, 0),
          longestClipSamples: Math.max(0, ...runs),
        });
      }),
    );
  });

  it('is none in a wave that just touches full scale', () => {
    const wave = Array.from({ length: 44_100 }, (_, n) =>
      Math.round(32_767 * Math.sin((2 * Math.PI * 440 * n) / 44_100)),
    );
    expect(pcmOf(wave)).toMatchObject({ clippedRuns: 0, clippedSamples: 0, longestClipSamples: 0 });
  });
});

describe('what is told of a stream', () => {
  it('does not depend on the pieces in which it comes, not even when they cut a sample in two', () => {
    const bytes = bytesOf(drums(ROCK, 120, 5));
    const whole = new SoundAnalysis({ sampleRateHz: 22_050, channels: 2 });
    for (const stream of ['pcm', 'mono'] as const) whole.add(stream, bytes);
    const told = whole.finish();
    expect(told.sampleCount).toBe(bytes.length / 4);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 70_001 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        const pieces = new SoundAnalysis({ sampleRateHz: 22_050, channels: 2 });
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          for (const stream of ['pcm', 'mono'] as const) pieces.add(stream, bytes.subarray(at, at + size));
          at += size;
        }
        expect(pieces.finish()).toEqual(told);
      }),
      { numRuns: 4 },
    );
  });
});
