import type { ObjectDraft } from '../storage/object-store.js';
import { createHash } from 'node:crypto';
import { FragmentIndexer } from './fragment-indexer.js';
import { Mp4Error } from './mp4-boxes.js';

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
 * One rendition while it grows. A fragment is one write; the table learns of it after the write, and whoever waits
 * after the table: nobody can be told of bytes that are not there.
 */
export class RenditionFile implements SegmentTable {
  readonly segmentBytes: number[] = [];
  readonly segmentSamples: number[] = [];
  initBytes: number | null = null;
  private readonly indexer = new FragmentIndexer();
  private readonly hash = createHash('sha256');

  constructor(
    readonly draft: ObjectDraft,
    private readonly onGrown: () => void,
  ) {}

  async take(chunk: Buffer): Promise<void> {
    for (const part of this.indexer.push(chunk)) {
      await this.draft.append(part.bytes);
      this.hash.update(part.bytes);
      if (part.kind === 'init') {
        this.initBytes = part.bytes.length;
      } else {
        this.segmentBytes.push(part.bytes.length);
        this.segmentSamples.push(part.samples);
      }
      this.onGrown();
    }
  }

  /** @throws Mp4Error when the encoder ended without a whole file. */
  finish(): FinishedFile {
    this.indexer.end();
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
