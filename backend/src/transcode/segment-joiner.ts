import { isShortEnd, type Timeline } from './timeline.js';

/** A fragment, or the fragments that make one segment. */
export interface Piece {
  readonly bytes: number;
  readonly samples: number;
}

/**
 * Makes segments of fragments: one each, but for a short last one, which belongs to the segment before it. A segment is
 * given out as soon as the prediction says that it is whole; where the prediction fails, a fragment is held back until
 * the next one shows that it stands alone.
 */
export class SegmentJoiner {
  private open: Piece | undefined;
  private closed = 0;

  constructor(private readonly predicted: Pick<Timeline, 'mediaSamples' | 'sampleRateHz'>) {}

  /** @returns the segments that are whole now */
  push(fragment: Piece): readonly Piece[] {
    const { mediaSamples, sampleRateHz } = this.predicted;
    const whole: Piece[] = [];
    if (this.isAtEnd() && !isShortEnd(fragment.samples, sampleRateHz)) whole.push(...this.close());
    this.open =
      this.open === undefined
        ? fragment
        : { bytes: this.open.bytes + fragment.bytes, samples: this.open.samples + fragment.samples };
    const expected = mediaSamples[this.closed] ?? Number.POSITIVE_INFINITY;
    if (this.isAtEnd() ? this.open.samples === expected : this.open.samples >= expected)
      whole.push(...this.close());
    return whole;
  }

  /** Nothing follows. @returns what was held back */
  close(): readonly Piece[] {
    const { open } = this;
    if (open === undefined) return [];
    this.open = undefined;
    this.closed++;
    return [open];
  }

  private isAtEnd(): boolean {
    return this.closed >= this.predicted.mediaSamples.length - 1;
  }
}
