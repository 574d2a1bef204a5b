import { activeVariant, variantOfRung, type Stage } from './stage';

/** A buffer that ends this close to the timeline's end has ended with it. */
export const END_SECONDS = 0.1;

/** What may be on its way while the buffer ends here: two segments. */
const IN_FLIGHT_SECONDS = 9;

/**
 * Taken from the end of the last item, and fetched once more: only taking something away opens an ended media source,
 * and Shaka begins all anew where it finds it closed; and only by its last segment does Shaka know an end.
 */
const REOPENING_SECONDS = 0.05;

/** As long as Shaka may need to clear: it forgets where to clear from when it is told so again meanwhile. */
const CLEARING_MS = 150;

/** From where on the timeline is another one than what may have been fetched of it. */
export interface Change {
  readonly fromSeconds: number;
  /** Where the timeline ended until now. */
  readonly closedAtSeconds: number | null;
  /** Something else stood there before. */
  readonly replaced: boolean;
  /** Nothing follows there any more. */
  readonly isLast: boolean;
}

/** What the element holds of a timeline: clears what holds no longer, so that it is fetched anew. Owned by QueueSession. */
export class QueueBuffer {
  /** Where the media source has ended. */
  #endedAt: number | null = null;
  /** What is to be fetched anew once Shaka has cleared what it was told to clear before. */
  #anewFrom = Infinity;
  #clearing: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(
    private readonly stage: Stage,
    /** What everything is fetched in; null: whatever the line allows. */
    private keptToKbps: number | null,
  ) {}

  close(): void {
    this.#closed = true;
    clearTimeout(this.#clearing);
  }

  get untilSeconds(): number {
    const { buffered } = this.stage.audio;
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
  }

  /** Seconds of music behind the one that sounds. */
  get aheadSeconds(): number {
    return this.untilSeconds - this.stage.audio.currentTime;
  }

  /**
   * Selecting the variant that plays makes Shaka clear exactly what lies behind the join and look its segments up
   * anew; without this it plays what was buffered of the old ones, and stops where an ended stream had ended.
   */
  follow({ fromSeconds, closedAtSeconds, replaced, isLast }: Change): void {
    const buffered = this.untilSeconds;
    const ended = closedAtSeconds !== null && buffered >= closedAtSeconds - END_SECONDS;
    if (ended || (replaced && buffered > fromSeconds - IN_FLIGHT_SECONDS)) {
      // Where nothing old lies behind the join, or nothing new will: the end is taken away and fetched once more.
      const reaches = replaced && !isLast;
      this.fetchAnewFrom(reaches ? fromSeconds : Math.min(fromSeconds, buffered) - REOPENING_SECONDS);
    }
    if (ended) this.#endedAt = buffered;
  }

  /** What is there plays on; what follows is looked up anew. */
  fetchTheRestAnew(): void {
    this.fetchAnewFrom(this.untilSeconds - REOPENING_SECONDS);
  }

  /** From there on at another rung: what was fetched of the one before is cleared, and what sounds until then stays. */
  keepTo(bitrateKbps: number | null, fromSeconds: number): void {
    this.keptToKbps = bitrateKbps;
    if (bitrateKbps !== null)
      this.fetchAnewFrom(Math.min(fromSeconds, this.untilSeconds - REOPENING_SECONDS));
  }

  fetchAnewFrom(seconds: number): void {
    this.#anewFrom = Math.min(this.#anewFrom, seconds);
    if (this.#clearing === undefined) this.#clear();
  }

  /**
   * An ended media source is open again once something was appended behind, and only then takes a new length, which
   * seeks need. One that has ended anew has the right length by itself, and would refuse it.
   * @returns whether the new length may be told
   */
  hasGrownOpen(closedAtSeconds: number | null): boolean {
    const buffered = this.untilSeconds;
    if (this.#endedAt === null || buffered <= this.#endedAt + END_SECONDS) return false;
    this.#endedAt = null;
    return buffered < (closedAtSeconds ?? Infinity) - END_SECONDS;
  }

  #clear(): void {
    this.#clearing = undefined;
    if (this.#closed || this.#anewFrom === Infinity) return;
    const { player, audio } = this.stage;
    const kept = this.keptToKbps === null ? undefined : variantOfRung(player, this.keptToKbps);
    const variant = kept ?? activeVariant(player);
    if (variant) player.selectVariantTrack(variant, true, Math.max(0.01, this.#anewFrom - audio.currentTime));
    this.#anewFrom = Infinity;
    this.#clearing = setTimeout(() => this.#clear(), CLEARING_MS);
  }
}
