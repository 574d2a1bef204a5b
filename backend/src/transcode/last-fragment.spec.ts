import { describe, expect, it } from '@jest/globals';
import { AAC_MP4, OPUS_MP4 } from '../../test/support/fragmented-mp4.js';
import { FragmentIndexer } from './fragment-indexer.js';
import { sampleRun } from './fragment-runs.js';
import { lastSampleDuration, withLastSampleDuration } from './last-fragment.js';
import { Mp4Error } from './mp4-boxes.js';

const fragments = (file: Buffer): Buffer[] =>
  new FragmentIndexer().push(file).flatMap((part) => (part.kind === 'fragment' ? [part.bytes] : []));

const lastOf = (file: Buffer): Buffer => fragments(file).at(-1) ?? Buffer.alloc(0);
const firstOf = (file: Buffer): Buffer => fragments(file)[0] ?? Buffer.alloc(0);

const changedBytes = (a: Buffer, b: Buffer): number => a.filter((byte, index) => byte !== b[index]).length;

describe('withLastSampleDuration', () => {
  it.each([
    ['in the run of samples', OPUS_MP4, 792, 960],
    ["in the fragment's default", AAC_MP4, 352, 1024],
  ])(
    'makes the last frame whole and cuts it again where the duration stands %s',
    (_where, file, cut, whole) => {
      const asEncoded = lastOf(file);
      expect(lastSampleDuration(asEncoded)).toBe(cut);
      const full = withLastSampleDuration(asEncoded, whole);
      expect(lastSampleDuration(full)).toBe(whole);
      expect(sampleRun(full, 0).totalSamples - sampleRun(asEncoded, 0).totalSamples).toBe(whole - cut);
      expect(full).toHaveLength(asEncoded.length);
      expect(changedBytes(full, asEncoded)).toBeGreaterThan(0);
      expect(changedBytes(full, asEncoded)).toBeLessThanOrEqual(4);
      expect(withLastSampleDuration(full, cut)).toEqual(asEncoded);
    },
  );

  it('makes the last frame whole in the second fragment of a segment of two', () => {
    const [before, last] = fragments(OPUS_MP4).slice(-2);
    const segment = Buffer.concat([before ?? Buffer.alloc(0), last ?? Buffer.alloc(0)]);
    expect(lastSampleDuration(segment)).toBe(792);
    const full = withLastSampleDuration(segment, 960);
    expect(full).toEqual(
      Buffer.concat([before ?? Buffer.alloc(0), withLastSampleDuration(lastOf(OPUS_MP4), 960)]),
    );
    expect(lastSampleDuration(full)).toBe(960);
  });

  it('does not touch the fragment that it was given', () => {
    const asEncoded = lastOf(OPUS_MP4);
    const before = Buffer.from(asEncoded);
    withLastSampleDuration(asEncoded, 960);
    expect(asEncoded).toEqual(before);
  });

  it('leaves a fragment of whole frames as it is', () => {
    const whole = firstOf(OPUS_MP4);
    expect(withLastSampleDuration(whole, 960)).toBe(whole);
  });

  it('cannot cut a frame that has no duration of its own', () => {
    expect(() => withLastSampleDuration(firstOf(OPUS_MP4), 500)).toThrow(Mp4Error);
  });
});
