import { describe, expect, it } from '@jest/globals';
import { AAC_MP4, OPUS_MP4 } from '../../test/support/fragmented-mp4.js';
import { FragmentIndexer, type IndexedPart } from './fragment-indexer.js';
import { Mp4Error } from './mp4-boxes.js';

const indexOf = (chunks: readonly Buffer[]): IndexedPart[] => {
  const indexer = new FragmentIndexer();
  const parts = chunks.flatMap((chunk) => [...indexer.push(chunk)]);
  indexer.end();
  return parts;
};

const summary = (parts: readonly IndexedPart[]): unknown[] =>
  parts.map((part) =>
    part.kind === 'init' ? ['init', part.bytes.length] : [part.samples, part.bytes.length],
  );

const OPUS_PARTS = [
  ['init', 693],
  [1920, 242],
  [1920, 231],
  [1752, 221],
];

/** A copy with a 32-bit number written over the given place, counted from the first occurrence of a box type. */
const tampered = (source: Buffer, type: string, offset: number, value: number): Buffer => {
  const copy = Buffer.from(source);
  copy.writeUInt32BE(value, copy.indexOf(type, 0, 'latin1') - 4 + offset);
  return copy;
};

describe('FragmentIndexer', () => {
  it('finds the init part and every fragment with its samples', () => {
    expect(summary(indexOf([OPUS_MP4]))).toEqual(OPUS_PARTS);
    expect(Buffer.concat(indexOf([OPUS_MP4]).map((part) => part.bytes))).toEqual(OPUS_MP4);
  });

  it('leaves out the index boxes of a fragment', () => {
    const parts = indexOf([AAC_MP4]);
    expect(summary(parts).slice(1)).toEqual([
      [1024, 112],
      [1024, 112],
      [1024, 112],
      [352, 112],
    ]);
    expect(Buffer.concat(parts.map((part) => part.bytes)).includes('sidx')).toBe(false);
  });

  it('finds the same wherever the output is cut in two', () => {
    for (let cut = 1; cut < OPUS_MP4.length; cut++)
      expect(summary(indexOf([OPUS_MP4.subarray(0, cut), OPUS_MP4.subarray(cut)]))).toEqual(OPUS_PARTS);
  });

  it('finds the same when the output comes a byte at a time', () => {
    expect(summary(indexOf([...OPUS_MP4].map((byte) => Buffer.from([byte]))))).toEqual(OPUS_PARTS);
  });

  it('gives a fragment out with its last byte and not before', () => {
    const indexer = new FragmentIndexer();
    const end = 693 + 242;
    expect(indexer.push(OPUS_MP4.subarray(0, end - 1)).map((part) => part.kind)).toEqual(['init']);
    expect(indexer.push(OPUS_MP4.subarray(end - 1, end)).map((part) => part.kind)).toEqual(['fragment']);
  });

  it('an output that ends within a box is no rendition', () => {
    for (const length of [0, 10, 300, 693 + 50, OPUS_MP4.length - 1])
      expect(() => indexOf([OPUS_MP4.subarray(0, length)])).toThrow(Mp4Error);
  });

  it.each([
    ['an absurd mdat', tampered(OPUS_MP4, 'mdat', 0, 0x7fffffff)],
    ['a moov larger than any', tampered(OPUS_MP4, 'moov', 0, 0x00200000)],
    ['a box of no bytes', tampered(OPUS_MP4, 'moof', 0, 0)],
    ['a box smaller than its header', tampered(OPUS_MP4, 'mdat', 0, 7)],
    ['a child box larger than its parent', tampered(OPUS_MP4, 'traf', 0, 0x1000)],
    ['more samples than the run holds', tampered(OPUS_MP4, 'trun', 12, 90_000)],
    ['four thousand million samples', tampered(OPUS_MP4, 'trun', 12, 0xffffffff)],
    ['no samples', tampered(OPUS_MP4, 'trun', 12, 0)],
    ['a box that nobody knows', tampered(OPUS_MP4, 'moof', 4, 0x6a756e6b)],
    ['a moof without its mdat', tampered(OPUS_MP4, 'mdat', 4, 0x73696478)],
    ['a fragment before the moov', Buffer.concat([OPUS_MP4.subarray(0, 28), OPUS_MP4.subarray(693)])],
    ['a second moov', Buffer.concat([OPUS_MP4.subarray(0, 693), OPUS_MP4.subarray(28)])],
    ['a text', Buffer.from('<!doctype html><title>not music</title>')],
  ])('%s is refused', (_what, bytes) => {
    expect(() => indexOf([bytes])).toThrow(Mp4Error);
  });
});
