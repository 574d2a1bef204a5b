import { sampleRun, trexDefaultDuration } from './fragment-runs.js';
import { BOX_HEADER_BYTES, boxTypeAt, Mp4Error } from './mp4-boxes.js';

export type IndexedPart =
  | { readonly kind: 'init'; readonly bytes: Buffer }
  | { readonly kind: 'fragment'; readonly bytes: Buffer; readonly samples: number };

/** Four seconds of 192 kHz 24-bit stereo are 4.6 MB; a larger claim comes from a broken pipe, not from music. */
const LIMITS: Readonly<Record<string, number>> = {
  ftyp: 1 << 12,
  styp: 1 << 12,
  sidx: 1 << 20,
  moov: 1 << 20,
  moof: 1 << 20,
  mfra: 1 << 24,
  mdat: 1 << 25,
};

/** Some ffmpegs write these beside what is asked for; our own table and the moof's times replace them. */
const DROPPED = new Set(['styp', 'sidx', 'mfra']);

/**
 * Cuts ffmpeg's output into the init part and whole fragments while it is being written. A fragment is given out
 * only when its last byte is here, so nobody downstream can see half of one.
 */
export class FragmentIndexer {
  private chunks: Buffer[] = [];
  private length = 0;
  private needed = BOX_HEADER_BYTES;
  private ftyp: Buffer | undefined;
  private trexDuration: number | undefined;

  /** @throws Mp4Error when the bytes are not a fragmented MP4 of one track or claim absurd sizes. */
  push(chunk: Buffer): readonly IndexedPart[] {
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.length < this.needed) return [];
    const parts: IndexedPart[] = [];
    let rest = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks, this.length);
    for (let size = this.wholeUnit(rest); size > 0; size = this.wholeUnit(rest)) {
      const part = this.take(rest.subarray(0, size));
      if (part !== undefined) parts.push(part);
      rest = rest.subarray(size);
    }
    this.chunks = rest.length > 0 ? [rest] : [];
    this.length = rest.length;
    return parts;
  }

  /** @throws Mp4Error when the output ended within a box, or before the init part. */
  end(): void {
    if (this.length > 0) throw new Mp4Error(`the output ended ${this.length} bytes into a box`);
    if (this.trexDuration === undefined) throw new Mp4Error('the output ended before its moov');
  }

  /** The size of the next box (of moof and mdat together) if all of it is here, else 0 and how much is needed. */
  private wholeUnit(buffer: Buffer): number {
    const size = this.boxSize(buffer, 0);
    if (size === 0) return 0;
    if (boxTypeAt(buffer, 0) !== 'moof') return this.ifComplete(buffer, size);
    if (buffer.length < size + BOX_HEADER_BYTES) return this.ifComplete(buffer, size + BOX_HEADER_BYTES);
    if (boxTypeAt(buffer, size) !== 'mdat') throw new Mp4Error('a moof is not followed by its mdat');
    return this.ifComplete(buffer, size + this.boxSize(buffer, size));
  }

  private ifComplete(buffer: Buffer, size: number): number {
    this.needed = size;
    return buffer.length >= size ? size : 0;
  }

  private boxSize(buffer: Buffer, offset: number): number {
    if (buffer.length < offset + BOX_HEADER_BYTES) return this.ifComplete(buffer, offset + BOX_HEADER_BYTES);
    const size = buffer.readUInt32BE(offset);
    const type = boxTypeAt(buffer, offset);
    const limit = Object.hasOwn(LIMITS, type) ? LIMITS[type] : undefined;
    if (limit === undefined) throw new Mp4Error(`unexpected box ${JSON.stringify(type)}`);
    if (size < BOX_HEADER_BYTES || size > limit) throw new Mp4Error(`${type} claims ${size} bytes`);
    return size;
  }

  private take(bytes: Buffer): IndexedPart | undefined {
    const type = boxTypeAt(bytes, 0);
    if (DROPPED.has(type)) return undefined;
    if (type === 'ftyp') {
      this.ftyp = bytes;
      return undefined;
    }
    if (type === 'moov') {
      if (this.ftyp === undefined || this.trexDuration !== undefined)
        throw new Mp4Error('the moov comes once, after the ftyp');
      this.trexDuration = trexDefaultDuration(bytes);
      return { kind: 'init', bytes: Buffer.concat([this.ftyp, bytes]) };
    }
    if (type !== 'moof' || this.trexDuration === undefined)
      throw new Mp4Error(`${type} where a moov or moof belongs`);
    return { kind: 'fragment', bytes, samples: sampleRun(bytes, this.trexDuration).totalSamples };
  }
}
