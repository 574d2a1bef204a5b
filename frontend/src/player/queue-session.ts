import type { BrokenRungs } from './broken-rungs';
import { rungsOf } from './codec-choice';
import type { FailedRung } from './failure';
import { END_SECONDS, QueueBuffer } from './queue-buffer';
import type { QueueGrants } from './queue-grants';
import { planLaying } from './queue-laying';
import { QUEUE_MIME_TYPE, QueueParser } from './queue-parser';
import type { QueueItem } from './queue-reducer';
import { QueueSupply } from './queue-supply';
import { endSeconds, indexAt, placeItems, secondsOf, type PlacedItem } from './queue-timeline';
import { placeOf } from './queue-window';
import type { Outlook } from '../sound/sounding';
import { nextSegmentSeconds } from './queue-references';
import { keepToRung, type Stage } from './stage';

/** Who seeks to the very end hears this much of it, and it ends as it always does; Shaka cannot seek to where nothing is. */
const HEARD_OF_END_SECONDS = 0.1;

/** From this close on a join is waited for, because `timeupdate` comes only four times a second. */
const NEAR_SECONDS = 0.6;

/** What is still heard of the rung of before: a new one has come by then over a line that it fits. */
const RUNG_CHANGE_SECONDS = 3;

/** Behind the beginning of a segment, so that nothing of the one before is looked up once more. */
const INSIDE_SECONDS = 0.01;

/**
 * One timeline in play, from a load to the next: its items are laid behind one another, changed from the first
 * difference on, and let go of once they are past. Owned by Engine, which calls `close`.
 */
export class QueueSession {
  readonly #supply: QueueSupply;
  readonly #buffer: QueueBuffer;
  #parser: QueueParser | null = null;
  #placed: readonly PlacedItem[] = [];
  #wanted: readonly QueueItem[] = [];
  #playing = 0;
  #closed = false;
  #join: ReturnType<typeof setTimeout> | undefined;
  /** As of the last tick: an element that fails may be empty by the time that somebody hears of it. */
  #reachedSeconds = 0;

  constructor(
    private readonly stage: Stage,
    readonly grants: QueueGrants,
    brokenRungs: BrokenRungs,
    private readonly onAdvance: (key: number) => void,
    /** The rung that is kept to; null where the line decides. */
    private bitrateKbps: number | null,
  ) {
    this.#supply = new QueueSupply(grants, brokenRungs, () => this.#lay());
    this.#buffer = new QueueBuffer(stage, bitrateKbps);
  }

  /** Begins with the first of the window, which has to be granted by now; the others follow as they are granted. */
  async open(window: readonly QueueItem[], atSeconds = 0): Promise<void> {
    const [first] = window;
    const granted = first && this.grants.find(first.track.id);
    const item = first && this.#supply.first(first.track.id);
    if (!granted || !item) throw new Error('a queue was opened without a grant for its first track');
    this.#wanted = window;
    this.#placed = placeItems([{ key: first.key, item }], 0);
    const [placed] = this.#placed;
    if (!placed) return;
    const bitratesKbps = rungsOf(this.grants.codec, granted);
    const parser = new QueueParser(this.stage.library, this.grants.codec, placed, bitratesKbps);
    this.stage.library.media.ManifestParser.registerParserByMime(QUEUE_MIME_TYPE, () => parser);
    this.#reachedSeconds = Math.min(atSeconds, lastSeekable(placed));
    keepToRung(this.stage.player, this.bitrateKbps);
    await this.stage.player.load('queue:', this.#reachedSeconds, QUEUE_MIME_TYPE);
    this.#parser = parser;
    this.follow(this.#wanted);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#join);
    this.#buffer.close();
    this.#supply.close();
  }

  get positionSeconds(): number {
    return Math.max(0, this.timelineSeconds - (this.#current?.startSeconds ?? 0));
  }

  get timelineSeconds(): number {
    const { audio } = this.stage;
    return audio.readyState === HTMLMediaElement.HAVE_NOTHING ? this.#reachedSeconds : audio.currentTime;
  }

  get outlook(): Outlook | null {
    const current = this.#current;
    if (!current || !this.#parser) return null;
    const { currentTime, playbackRate } = this.stage.audio;
    const left = Math.max(0, endSeconds(current) - currentTime);
    const next = this.#placed[this.#playing + 1] ?? null;
    return { current, next, secondsToJoin: left / (playbackRate || 1) };
  }

  /** Over to what follows, at so many seconds of it, while what sounds goes on elsewhere. */
  leap(seconds: number): void {
    const next = this.#placed[this.#playing + 1];
    if (next) this.stage.audio.currentTime = next.startSeconds + Math.min(seconds, lastSeekable(next));
  }

  /** As encoded. */
  get sampleRateHz(): number | null {
    return this.#current?.item.sampleRateHz ?? null;
  }

  get durationSeconds(): number {
    return this.#current ? secondsOf(this.#current.item) : NaN;
  }

  get key(): number | undefined {
    return this.#current?.key;
  }

  /** The item that has ended with the element; after it others may have been laid, too late to be heard without a load. */
  get endedKey(): number | undefined {
    const until = this.stage.audio.currentTime + END_SECONDS;
    return (this.#placed.findLast((placed) => endSeconds(placed) <= until) ?? this.#current)?.key;
  }

  /** Seconds of music behind the one that sounds. */
  get bufferedAheadSeconds(): number {
    return this.#buffer.aheadSeconds;
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

  /** From the next segment on, a moment ahead: what sounds goes on. Left to the line, it is heard with what it fetches next. */
  keepTo(bitrateKbps: number | null): void {
    if (this.#closed || bitrateKbps === this.bitrateKbps) return;
    this.bitrateKbps = bitrateKbps;
    keepToRung(this.stage.player, bitrateKbps);
    const at = nextSegmentSeconds(this.#placed, this.stage.audio.currentTime + RUNG_CHANGE_SECONDS);
    this.#buffer.keepTo(bitrateKbps, at === null ? Infinity : at + INSIDE_SECONDS);
  }

  /** What plays and what is to follow it. Whatever is granted already is laid at once. */
  follow(window: readonly QueueItem[]): void {
    if (this.#closed) return;
    this.#wanted = window;
    this.#lay();
    this.#supply.want(this.#wantedIds());
  }

  /**
   * A rung cannot be had: in its track the nearest other one takes its place, from where the buffer ends.
   * @returns false when no other is left, or the track does not stand on the timeline
   */
  dropRung({ trackId, bitrateKbps }: FailedRung): boolean {
    const ahead = this.#placed.slice(this.#playing);
    if (!ahead.some(({ item }) => item.trackId === trackId)) return false;
    if (!this.#supply.dropRung(trackId, bitrateKbps)) return false;
    const sounds = this.#current && this.#supply.isOutdated(this.#current.item);
    this.#lay();
    if (sounds) this.#buffer.fetchTheRestAnew();
    return true;
  }

  /**
   * A rung has been the end of this timeline: the next one will be without it.
   * @returns false when the track that sounds has no other, or is not known
   */
  loseRung({ trackId, bitrateKbps }: FailedRung): boolean {
    return this.#supply.dropRung(trackId, bitrateKbps) || this.#isAhead(trackId);
  }

  /** A later track cannot be had: the timeline ends before it. @returns false when it is the one that plays */
  cutBefore(trackId: string): boolean {
    if (!this.#isAhead(trackId)) return false;
    this.#supply.dropTrack(trackId);
    this.#lay();
    return true;
  }

  /** After a failure that is mended by now. Shaka by itself would go on behind the segment that failed. */
  retry(): void {
    this.#buffer.fetchTheRestAnew();
    this.stage.player.retryStreaming();
  }

  /** With every tick of the element: which item sounds now? */
  tick(): void {
    const { audio } = this.stage;
    const parser = this.#parser;
    if (audio.readyState !== HTMLMediaElement.HAVE_NOTHING) this.#reachedSeconds = audio.currentTime;
    if (this.#closed || !parser || audio.seeking) return;
    if (this.#buffer.hasGrownOpen(parser.closedAtSeconds)) parser.announceDuration();
    const at = indexAt(this.#placed, audio.currentTime);
    const item = this.#placed[at];
    if (!item) return;
    if (at !== this.#playing) {
      this.#playing = at;
      this.onAdvance(item.key);
    }
    clearTimeout(this.#join);
    const left = (endSeconds(item) - audio.currentTime) / (audio.playbackRate || 1);
    if (left < NEAR_SECONDS && !audio.paused) this.#join = setTimeout(() => this.tick(), left * 1000 + 1);
  }

  get #current(): PlacedItem | undefined {
    return this.#placed[this.#playing];
  }

  #isAhead(trackId: string): boolean {
    return (
      trackId !== this.#current?.item.trackId && this.#placed.some(({ item }) => item.trackId === trackId)
    );
  }

  #lay(): void {
    const parser = this.#parser;
    if (this.#closed || !parser) return;
    const { closedAtSeconds } = parser;
    const lying = { placed: this.#placed, playing: this.#playing, closedAtSeconds };
    const laying = planLaying(lying, this.#wanted, this.#supply);
    if (!laying) return;
    const { placed, playing, edit, replaced, fromTheFirst } = laying;
    this.#placed = placed;
    this.#playing = playing;
    parser.edit(edit);
    this.grants.keepOnly(new Set([...placed.map(({ item }) => item.trackId), ...this.#wantedIds()]));
    if (fromTheFirst) return;
    const { fromSeconds, items } = edit;
    this.#buffer.follow({ fromSeconds, closedAtSeconds, replaced, isLast: items.length === 0 });
  }

  #wantedIds(): string[] {
    return this.#wanted.map(({ track }) => track.id);
  }
}

/** In seconds from its beginning. */
const lastSeekable = ({ item }: PlacedItem): number => Math.max(0, secondsOf(item) - HEARD_OF_END_SECONDS);
