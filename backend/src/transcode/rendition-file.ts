import type { ObjectDraft } from '../storage/object-store.js';
import { createHash } from 'node:crypto';
import { firstSegmentOf, type Chunk } from './chunks.js';
import { FragmentIndexer, type IndexedPart } from './fragment-indexer.js';
import { placedFragment } from './fragment-place.js';
import { Mp4Error } from './mp4-boxes.js';
import { SegmentJoiner, type Piece } from './segment-joiner.js';

/** The table of a rendition, as far as it has been written. */
export interface SegmentTable {
  readonly initBytes: number | null;
  readonly segmentBytes: readonly number[];
  readonly segmentSamples: readonly number[];
}

/** A whole rendition, ready to be made visible. */
export interface FinishedFile extends SegmentTable {
  readonly initBytes: number;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
}

/**
 * One chunk of a rendition while it grows. A fragment is one write; the table learns of it after the write, and whoever
 * waits after the table: nobody can be told of bytes that are not there. What its encoder writes before and behind the
 * chunk is thrown away, and each fragment is told its place in the whole.
 */
export class RenditionFile implements SegmentTable {
  readonly segmentBytes: number[] = [];
  readonly segmentSamples: number[] = [];
  initBytes: number | null = null;
  private readonly indexer = new FragmentIndexer();
  private readonly joiner: SegmentJoiner;
  private readonly hash = createHash('sha256');
  /** Of the encoder, and samples of those that were kept. */
  private fragments = 0;
  private samples = 0;

  constructor(
    readonly draft: ObjectDraft,
    private readonly chunk: Chunk,
    private readonly onGrown: () => void,
  ) {
    this.joiner = new SegmentJoiner(chunk);
  }

  async take(chunk: Buffer): Promise<void> {
    for (const part of this.indexer.push(chunk).flatMap((each) => this.kept(each))) {
      await this.draft.append(part.bytes);
      this.hash.update(part.bytes);
      if (part.kind === 'init') {
        this.initBytes = part.bytes.length;
        this.onGrown();
      } else if (this.enter(this.joiner.push({ bytes: part.bytes.length, samples: part.samples }))) {
        this.onGrown();
      }
    }
  }

  private kept(part: IndexedPart): readonly IndexedPart[] {
    if (part.kind === 'init') return [part];
    const { leadFragments, isLast, mediaSamples, number, samplesBefore } = this.chunk;
    const own = this.fragments++ - leadFragments;
    // The fragment of a segment is its only one but for the very last.
    if (own < 0 || (!isLast && own >= mediaSamples.length)) return [];
    const bytes = placedFragment(part.bytes, firstSegmentOf(number) + own + 1, samplesBefore + this.samples);
    this.samples += part.samples;
    return [{ ...part, bytes }];
  }

  /** @returns whether the table has grown */
  private enter(segments: readonly Piece[]): boolean {
    this.segmentBytes.push(...segments.map(({ bytes }) => bytes));
    this.segmentSamples.push(...segments.map(({ samples }) => samples));
    return segments.length > 0;
  }

  /** @throws Mp4Error when the encoder ended without a whole file. */
  finish(): FinishedFile {
    this.indexer.end();
    this.enter(this.joiner.close());
    if (this.initBytes === null || this.segmentBytes.length === 0)
      throw new Mp4Error('the encoder wrote no segment');
    return {
      initBytes: this.initBytes,
      segmentBytes: this.segmentBytes,
      segmentSamples: this.segmentSamples,
      sizeBytes: this.segmentBytes.reduce((sum, bytes) => sum + bytes, this.initBytes),
      sha256: this.hash.digest(),
    };
  }
}
