import type shaka from 'shaka-player/dist/shaka-player.dash-es2021';
import type { BrokenRungs } from './broken-rungs';
import type { FailedRung } from './failure';
import type { QueueGrants } from './queue-grants';
import { QUEUE_MIME_TYPE, QueueParser, type ShakaLibrary } from './queue-parser';
import type { QueueItem } from './queue-reducer';
import { endSeconds, indexAt, placeItems, secondsOf, type PlacedItem } from './queue-timeline';
import { ITEMS_AFTER, leftBehind, placeOf, unchangedCount } from './queue-window';

/** What a queue is played with: Shaka, and the element that it is attached to. */
export interface Stage {
  readonly library: ShakaLibrary;
  readonly player: shaka.Player;
  readonly audio: HTMLAudioElement;
}

const RETRY_MS = 15_000;

/** A buffer that ends this close to the timeline's end has ended with it. */
const END_SECONDS = 0.1;

/** What may be on its way while the buffer ends here: two segments. */
const IN_FLIGHT_SECONDS = 9;

/**
 * Taken from the end of the last item, and fetched once more: only taking something away opens an ended media source,
 * and Shaka begins all anew where it finds it closed; and only by its last segment does Shaka know an end.
 */
const REOPENING_SECONDS = 0.05;

/** Who seeks to the very end hears this much of it, and it ends as it always does; Shaka cannot seek to where nothing is. */
const HEARD_OF_END_SECONDS = 0.1;

/** As long as Shaka may need to clear: it forgets where to clear from when it is told so again meanwhile. */
const CLEARING_MS = 150;

/** From this close on a join is waited for, because `timeupdate` comes only four times a second. */
const NEAR_SECONDS = 0.6;

/**
 * One timeline in play, from a load to the next: its items are laid behind one another, changed from the first
 * difference on, and let go of once they are past. Owned by Engine, which calls `close`.
 */
export class QueueSession {
  #parser: QueueParser | null = null;
  #placed: readonly PlacedItem[] = [];
  #wanted: readonly QueueItem[] = [];
  #playing = 0;
  readonly #asked = new Set<string>();
  /** Not granted when they were last asked for. */
  readonly #refused = new Set<string>();
  #closed = false;
  /** Where the media source has ended. */
  #endedAt: number | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #join: ReturnType<typeof setTimeout> | undefined;
  #clearing: ReturnType<typeof setTimeout> | undefined;
  /** What is to be fetched anew once Shaka has cleared what it was told to clear before. */
  #anewFrom = Infinity;
  /** Tracks with a segment that the server refused: their turn comes by a load of their own, which can fail aloud. */
  readonly #broken = new Set<string>();

  constructor(
    private readonly stage: Stage,
    readonly grants: QueueGrants,
    private readonly brokenRungs: BrokenRungs,
    private readonly onAdvance: (key: number) => void,
  ) {}

  /** Begins with the first of the window, which has to be granted by now; the others follow as they are granted. */
  async open(window: readonly QueueItem[], atSeconds = 0): Promise<void> {
    const [first] = window;
    const granted = first && this.grants.find(first.track.id);
    if (!granted) throw new Error('a queue was opened without a grant for its first track');
    this.#placed = placeItems([{ key: first.key, item: this.brokenRungs.without(granted) }], 0);
    const [placed] = this.#placed;
    if (!placed) return;
    const bitratesKbps = granted.rungs.map(({ bitrateKbps }) => bitrateKbps);
    const parser = new QueueParser(this.stage.library, this.grants.codec, placed, bitratesKbps);
    this.stage.library.media.ManifestParser.registerParserByMime(QUEUE_MIME_TYPE, () => parser);
    await this.stage.player.load('queue:', Math.min(atSeconds, lastSeekable(placed)), QUEUE_MIME_TYPE);
    this.#parser = parser;
    this.follow(window);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#join);
    clearTimeout(this.#clearing);
    this.grants.close();
  }

  get positionSeconds(): number {
    return Math.max(0, this.stage.audio.currentTime - (this.#current?.startSeconds ?? 0));
  }

  get durationSeconds(): number {
    return this.#current ? secondsOf(this.#current.item) : NaN;
  }

  get key(): number | undefined {
    return this.#current?.key;
  }

  get trackId(): string | undefined {
    return this.#current?.item.trackId;
  }

  /** The item that has ended with the element; after it others may have been laid, too late to be heard without a load. */
  get endedKey(): number | undefined {
    const until = this.stage.audio.currentTime + END_SECONDS;
    return (this.#placed.findLast((placed) => endSeconds(placed) <= until) ?? this.#current)?.key;
  }

  /** Seconds of music behind the one that sounds. */
  get bufferedAheadSeconds(): number {
    return this.#bufferedUntil - this.stage.audio.currentTime;
  }

  seek(seconds: number): void {
    const current = this.#current;
    if (current)
      this.stage.audio.currentTime = current.startSeconds + Math.min(seconds, lastSeekable(current));
  }

  /** @returns false when a load has to bring it: it does not stand on the timeline, or the timeline was heard to its end */
  goTo(window: readonly QueueItem[]): boolean {
    if (this.stage.audio.ended) return false;
    const [first] = window;
    const at = first && this.#parser ? placeOf(this.#placed, this.#playing, first.key) : -1;
    if (at < 0) return false;
    this.#playing = at;
    this.seek(0);
    this.follow(window);
    return true;
  }

  /** What plays and what is to follow it. Whatever is granted already is laid at once. */
  follow(window: readonly QueueItem[]): void {
    if (this.#closed) return;
    this.#wanted = window;
    this.#lay();
    const [next, ...rest] = [...new Set(this.#wantedIds())].filter(
      (id) => !this.grants.find(id) && !this.#asked.has(id) && !this.#refused.has(id),
    );
    if (next === undefined) return;
    // The next one alone as well: one track of the rest that is not ready must not cost its join.
    this.#ask([next]);
    if (rest.length > 0) this.#ask(rest);
  }

  /**
   * A rung cannot be had: in its track the nearest other one takes its place, from where the buffer ends.
   * @returns false when no other is left, or the track does not stand on the timeline
   */
  dropRung({ trackId, bitrateKbps }: FailedRung): boolean {
    const ahead = this.#placed.slice(this.#playing).map(({ item }) => item);
    const item = this.grants.find(trackId);
    if (!item || !ahead.some((each) => each.trackId === trackId)) return false;
    if (!this.brokenRungs.drop(item, bitrateKbps)) return false;
    const sounds = this.#current && this.brokenRungs.isOutdated(this.#current.item);
    this.#lay();
    if (sounds) this.#fetchAnewFrom(this.#bufferedUntil - REOPENING_SECONDS);
    return true;
  }

  /** A later track cannot be had: the timeline ends before it. @returns false when it is the one that plays */
  cutBefore(trackId: string): boolean {
    if (trackId === this.trackId || !this.#placed.some(({ item }) => item.trackId === trackId)) return false;
    this.#broken.add(trackId);
    this.#lay();
    return true;
  }

  /** After a failure that is mended by now. Shaka by itself would go on behind the segment that failed. */
  retry(): void {
    this.#fetchAnewFrom(this.#bufferedUntil - REOPENING_SECONDS);
    this.stage.player.retryStreaming();
  }

  /** With every tick of the element: which item sounds now? */
  tick(): void {
    const { audio } = this.stage;
    if (this.#closed || !this.#parser || audio.seeking) return;
    this.#announceGrowth();
    const at = indexAt(this.#placed, audio.currentTime);
    const item = this.#placed[at];
    if (!item) return;
    if (at !== this.#playing) {
      this.#playing = at;
      this.onAdvance(item.key);
    }
    clearTimeout(this.#join);
    const left = endSeconds(item) - audio.currentTime;
    if (left < NEAR_SECONDS && !audio.paused) this.#join = setTimeout(() => this.tick(), left * 1000 + 1);
  }

  get #current(): PlacedItem | undefined {
    return this.#placed[this.#playing];
  }

  #ask(trackIds: readonly string[]): void {
    for (const id of trackIds) this.#asked.add(id);
    const answered = (): void => {
      for (const id of trackIds) this.#asked.delete(id);
      this.#lay();
    };
    const refused = (): void => {
      for (const id of trackIds) this.#refused.add(id);
      answered();
      clearTimeout(this.#retry);
      if (!this.#closed) this.#retry = setTimeout(() => this.#askAgain(), RETRY_MS);
    };
    this.grants.open(trackIds).then(answered, refused);
  }

  #askAgain(): void {
    this.#refused.clear();
    this.follow(this.#wanted);
  }

  #lay(): void {
    const parser = this.#parser;
    if (this.#closed || !parser) return;
    const ahead = this.#placed.slice(this.#playing);
    const kept = Math.min(unchangedCount(ahead, this.#unbroken()), this.#upToOutdated(ahead));
    const last = ahead[kept - 1];
    const [current] = ahead;
    // The one that sounds is laid anew only in its own place, when it lost a rung.
    if (!current || (!last && current.key !== this.#wanted[0]?.key)) return;
    const fromSeconds = last ? endSeconds(last) : current.startSeconds;
    const laid = placeItems(this.#layable(kept), fromSeconds);
    if (!last && laid.length === 0) return;
    const next = this.#wanted[kept + laid.length];
    const isOpen = next ? this.#isComing(next.track.id) : this.#wanted.length > ITEMS_AFTER;
    const closedAt = parser.closedAtSeconds;
    if (laid.length === 0 && ahead.length === kept && isOpen === (closedAt === null)) return;
    const gone = leftBehind(this.#playing);
    this.#placed = [...this.#placed.slice(gone, this.#playing + kept), ...laid];
    this.#playing -= gone;
    parser.edit({ items: laid, fromSeconds, behindSeconds: this.#placed[0]?.startSeconds ?? 0, isOpen });
    this.grants.keepOnly(new Set([...this.#placed.map(({ item }) => item.trackId), ...this.#wantedIds()]));
    if (last)
      this.#rebuffer(fromSeconds, closedAt, { replaced: ahead.length > kept, isLast: laid.length === 0 });
  }

  /** What stands on the timeline already stays there only up to the first that is broken. */
  #unbroken(): readonly QueueItem[] {
    const at = this.#wanted.findIndex(({ track }) => this.#broken.has(track.id));
    return at < 0 ? this.#wanted : this.#wanted.slice(0, at);
  }

  /** How many of the placed items play what they would play if they were laid now. */
  #upToOutdated(placed: readonly PlacedItem[]): number {
    const at = placed.findIndex(({ item }) => this.brokenRungs.isOutdated(item));
    return at < 0 ? placed.length : at;
  }

  #itemOf(trackId: string): PlacedItem['item'] | undefined {
    const item = this.grants.find(trackId);
    return item && this.brokenRungs.without(item);
  }

  /** Up to the first that is not granted: what comes after it has no place yet. */
  #layable(from: number): { readonly key: number; readonly item: PlacedItem['item'] }[] {
    const found = this.#wanted.slice(from).map(({ key, track }) => ({
      key,
      item: this.#broken.has(track.id) ? undefined : this.#itemOf(track.id),
    }));
    const end = found.findIndex(({ item }) => item === undefined);
    return found
      .slice(0, end < 0 ? undefined : end)
      .flatMap(({ key, item }) => (item ? [{ key, item }] : []));
  }

  #isComing(trackId: string): boolean {
    return !this.#broken.has(trackId) && !this.#refused.has(trackId);
  }

  #wantedIds(): string[] {
    return this.#wanted.map(({ track }) => track.id);
  }

  /**
   * Selecting the variant that plays makes Shaka clear exactly what lies behind the join and look its segments up
   * anew; without this it plays what was buffered of the old ones, and stops where an ended stream had ended.
   */
  #rebuffer(
    fromSeconds: number,
    closedAt: number | null,
    { replaced, isLast }: { readonly replaced: boolean; readonly isLast: boolean },
  ): void {
    const buffered = this.#bufferedUntil;
    const ended = closedAt !== null && buffered >= closedAt - END_SECONDS;
    if (ended || (replaced && buffered > fromSeconds - IN_FLIGHT_SECONDS)) {
      // Where nothing old lies behind the join, or nothing new will: the end is taken away and fetched once more.
      const reaches = replaced && !isLast;
      this.#fetchAnewFrom(reaches ? fromSeconds : Math.min(fromSeconds, buffered) - REOPENING_SECONDS);
    }
    if (ended) this.#endedAt = buffered;
  }

  #fetchAnewFrom(seconds: number): void {
    this.#anewFrom = Math.min(this.#anewFrom, seconds);
    if (this.#clearing === undefined) this.#clear();
  }

  #clear(): void {
    this.#clearing = undefined;
    if (this.#closed || this.#anewFrom === Infinity) return;
    const { player, audio } = this.stage;
    const active = player.getVariantTracks().find((track) => track.active);
    if (active) player.selectVariantTrack(active, true, Math.max(0.01, this.#anewFrom - audio.currentTime));
    this.#anewFrom = Infinity;
    this.#clearing = setTimeout(() => this.#clear(), CLEARING_MS);
  }

  /**
   * An ended media source is open again once something was appended behind, and only then takes a new length, which
   * seeks need. One that has ended anew has the right length by itself, and would refuse it.
   */
  #announceGrowth(): void {
    const buffered = this.#bufferedUntil;
    if (this.#endedAt === null || buffered <= this.#endedAt + END_SECONDS) return;
    this.#endedAt = null;
    const closedAt = this.#parser?.closedAtSeconds ?? Infinity;
    if (buffered < closedAt - END_SECONDS) this.#parser?.announceDuration();
  }

  get #bufferedUntil(): number {
    const { buffered } = this.stage.audio;
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
  }
}

/** In seconds from its beginning. */
const lastSeekable = ({ item }: PlacedItem): number => Math.max(0, secondsOf(item) - HEARD_OF_END_SECONDS);
