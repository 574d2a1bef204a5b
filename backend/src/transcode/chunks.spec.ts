import { describe, expect, it } from '@jest/globals';
import { OPUS_MP4 } from '../../test/support/fragmented-mp4.js';
import { chunkCount, chunkOf, chunkOfSegment, firstSegmentOf } from './chunks.js';
import { FragmentIndexer } from './fragment-indexer.js';
import { placedFragment } from './fragment-place.js';
import { findBox } from './mp4-boxes.js';
import { samplesPerSegment, timelineOf, totalSamples } from './timeline.js';

const ofSegments = (codec: 'aac' | 'opus' | 'flac', rate: number, segments: number) =>
  timelineOf(codec, rate, Math.round((segments - 0.4) * samplesPerSegment(codec, rate)));

describe('the chunks of a rendition', () => {
  it('are one up to five minutes, and of eight segments beyond', () => {
    expect([1, 75, 76, 80, 81, 900].map((count) => chunkCount(ofSegments('opus', 48_000, count)))).toEqual([
      1, 1, 10, 10, 11, 113,
    ]);
    expect([-1, 0, 7, 8, 95].map(chunkOfSegment)).toEqual([0, 0, 0, 1, 11]);
    expect(firstSegmentOf(chunkOfSegment(95))).toBe(88);
  });

  it.each([
    ['aac', 44_100],
    ['aac', 48_000],
    ['opus', 48_000],
    ['flac', 96_000],
  ] as const)('of %s at %i Hz hold every sample once, in whole frames', (codec, rate) => {
    const timeline = ofSegments(codec, rate, 83);
    const chunks = Array.from({ length: chunkCount(timeline) }, (_, number) =>
      chunkOf(codec, timeline, number),
    );
    expect(chunks.flatMap(({ mediaSamples }) => mediaSamples)).toEqual(timeline.mediaSamples);
    for (const { number, samplesBefore, frames, isLast, leadFragments } of chunks) {
      const before = chunks.slice(0, number).flatMap(({ mediaSamples }) => mediaSamples);
      expect(samplesBefore).toBe(totalSamples(before));
      expect(frames.firstFrame * timeline.frameSamples).toBe(samplesBefore);
      expect(frames.frameCount === null).toBe(isLast);
      expect(leadFragments).toBe(number === 0 || codec === 'flac' ? 0 : 1);
    }
    expect(chunks.at(-1)?.isLast).toBe(true);
    expect(() => chunkOf(codec, timeline, chunks.length)).toThrow(RangeError);
  });

  it('of a song are the whole of it', () => {
    const timeline = ofSegments('aac', 44_100, 40);
    expect(chunkOf('aac', timeline, 0)).toMatchObject({
      isLast: true,
      frames: { firstFrame: 0, frameCount: null },
      mediaSamples: timeline.mediaSamples,
    });
  });
});

describe('a fragment that an encoder wrote in the middle', () => {
  const [fragment = Buffer.alloc(0)] = new FragmentIndexer()
    .push(OPUS_MP4)
    .flatMap((part) => (part.kind === 'fragment' ? [part.bytes] : []));

  it('is told its number and its time, and nothing else', () => {
    const time = 10 * 3600 * 192_000;
    const placed = placedFragment(fragment, 1801, time);
    const mfhd = findBox(placed, 'moof/mfhd')?.contentStart ?? 0;
    const tfdt = findBox(placed, 'moof/traf/tfdt')?.contentStart ?? 0;
    expect(placed.readUInt32BE(mfhd + 4)).toBe(1801);
    expect(placed.readBigUInt64BE(tfdt + 4)).toBe(BigInt(time));
    expect(placedFragment(placed, 1, 0).equals(fragment)).toBe(true);
  });
});
