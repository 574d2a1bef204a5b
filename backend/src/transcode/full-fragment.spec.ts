import { describe, expect, it } from '@jest/globals';
import { AAC_MP4, OPUS_MP4 } from '../../test/support/fragmented-mp4.js';
import { FragmentIndexer } from './fragment-indexer.js';
import { sampleRun, sampleTable } from './fragment-runs.js';
import { forQueue, isChangedForQueue, leadSamples } from './full-fragment.js';
import { boxesIn, findBox, Mp4Error } from './mp4-boxes.js';
import { withDecoderReset } from './opus-reset.js';

const fragments = (file: Buffer): Buffer[] =>
  new FragmentIndexer().push(file).flatMap((part) => (part.kind === 'fragment' ? [part.bytes] : []));

/** What a demuxer hands to a decoder: read by the run's own data offset, as players do. */
const packetsOf = (fragment: Buffer): string[] => {
  const trun = findBox(fragment, 'moof/traf/trun');
  let at = fragment.readUInt32BE((trun?.contentStart ?? 0) + 8);
  return sampleTable(fragment).map(({ bytes }) => fragment.toString('hex', at, (at += bytes)));
};
const SILK = '080be4b9a0bc84';

describe('the first Opus fragment of a track in a queue', () => {
  it.each(fragments(OPUS_MP4).map((fragment, index) => [index, fragment] as const))(
    'begins with a packet that resets the decoder, and keeps all others (fragment %i)',
    (_index, fragment) => {
      const led = withDecoderReset(fragment);
      expect(packetsOf(led)).toEqual([SILK, ...packetsOf(fragment)]);
      expect(sampleTable(led).slice(1)).toEqual(sampleTable(fragment));
      expect(sampleRun(led, 0).totalSamples).toBe(sampleRun(fragment, 0).totalSamples + 960);
      // Every box is as long as it says, to the last byte.
      expect(boxesIn(led, 0, led.length).map(({ type }) => type)).toEqual(['moof', 'mdat']);
      expect(findBox(led, 'moof/traf/tfdt')).toBeDefined();
    },
  );

  it('is also the last where a track is that short', () => {
    const [last = Buffer.alloc(0)] = fragments(OPUS_MP4).slice(-1);
    const both = forQueue(last, { codec: 'opus', isFirst: true, isLast: true });
    expect(sampleTable(both).map(({ duration }) => duration)).toEqual([960, 960, 960]);
    expect(packetsOf(both)).toEqual([SILK, ...packetsOf(last)]);
  });

  it('moves what follows it in a segment of two fragments', () => {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = fragments(OPUS_MP4);
    const led = withDecoderReset(Buffer.concat([first, second]));
    const after = led.subarray(withDecoderReset(first).length);
    const timeOf = (fragment: Buffer) =>
      fragment.readBigUInt64BE((findBox(fragment, 'moof/traf/tfdt')?.contentStart ?? 0) + 4);
    expect(timeOf(after) - timeOf(second)).toBe(960n);
    expect(packetsOf(after)).toEqual(packetsOf(second));
    expect(timeOf(led)).toBe(timeOf(first));
  });

  it('is refused where it has no samples', () => {
    expect(() => withDecoderReset(Buffer.from([0, 0, 0, 8, 0x6d, 0x64, 0x61, 0x74]))).toThrow(Mp4Error);
  });
});

describe('the form of a fragment for a queue', () => {
  it.each([
    ['opus', true, false, true],
    ['opus', false, false, false],
    ['opus', false, true, true],
    ['aac', true, false, false],
    ['aac', false, true, true],
    ['flac', true, true, false],
  ] as const)(
    '%s, first %s, last %s: another than the stored one is %s',
    (codec, isFirst, isLast, changed) => {
      expect(isChangedForQueue({ codec, isFirst, isLast })).toBe(changed);
      const file = codec === 'aac' ? AAC_MP4 : OPUS_MP4;
      const [fragment = Buffer.alloc(0)] = fragments(file).slice(isLast ? -1 : 0);
      if (codec !== 'flac')
        expect(forQueue(fragment, { codec, isFirst, isLast }).equals(fragment)).toBe(!changed);
    },
  );

  it('tells by how much it begins earlier', () => {
    expect([leadSamples('opus'), leadSamples('aac'), leadSamples('flac')]).toEqual([960, 0, 0]);
  });
});
