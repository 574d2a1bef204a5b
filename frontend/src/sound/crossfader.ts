import type { HeardRung } from '../player/playback-status';
import type { QueueAction, QueueState } from '../player/queue-reducer';
import { secondsOf } from '../player/queue-timeline';
import type { Store } from '../player/store';
import { Crossfade } from './crossfade';
import type { SoundGraph } from './graph';
import { overlapSeconds } from './overlap';
import { edgesOf, type Edges } from './silent-edges';
import { soundStore } from './sound-settings';
import type { Outlook, Sounding } from './sounding';

/** By then the end of a track has been fetched for the second element. */
const PREPARE_SECONDS = 10;
/** From this close on the beginning of an overlap is waited for: ticks come four times a second. */
const NEAR_SECONDS = 0.6;

/** Decides which joins overlap, and begins them. Where anything is missing, the join is heard as it is without. */
export class Crossfader {
  #fade: Crossfade | null = null;
  #plannedFor: number | null = null;
  #begin: ReturnType<typeof setTimeout> | undefined;
  #edges = new Map<string, Edges>();

  constructor(
    private readonly sounding: Sounding,
    private readonly queue: Store<QueueState, QueueAction>,
    private readonly heard: () => HeardRung | null,
    private readonly graph: () => SoundGraph | null,
  ) {}

  close(): void {
    clearTimeout(this.#begin);
    this.#fade?.end();
    this.#fade = null;
  }

  tick(outlook: Outlook): void {
    if (this.#fade?.isOver === true) this.#fade = null;
    if (this.#fade?.hasBegun === true) {
      this.#fade.watch(outlook);
      return;
    }
    const { crossfadeSeconds } = soundStore.getState();
    const { current, next, secondsToJoin } = outlook;
    const heard = this.heard();
    if (crossfadeSeconds === 0 || !next || !heard || this.sounding.audio.paused) {
      this.#forget();
      return;
    }
    const seconds = overlapSeconds(
      crossfadeSeconds,
      this.queue.getState(),
      { key: current.key, seconds: secondsOf(current.item) },
      { key: next.key, seconds: secondsOf(next.item) },
    );
    if (seconds === 0 || secondsToJoin > seconds + PREPARE_SECONDS) {
      this.#forget();
      return;
    }
    if (this.#plannedFor !== next.key) this.#plan(outlook, heard, seconds);
    const fade = this.#fade;
    if (!fade) return;
    const { trailingSeconds } = this.#edges.get(current.item.trackId) ?? NO_EDGES;
    const { leadingSeconds } = this.#edges.get(next.item.trackId) ?? NO_EDGES;
    const left = secondsToJoin - seconds - trailingSeconds;
    clearTimeout(this.#begin);
    if (left < NEAR_SECONDS)
      this.#begin = setTimeout(() => fade.begin(leadingSeconds), Math.max(0, left * 1000));
  }

  #plan({ current, next }: Outlook, heard: HeardRung, seconds: number): void {
    this.#forget();
    const graph = this.graph();
    if (!graph || !next || !('MediaSource' in globalThis)) return;
    this.#plannedFor = next.key;
    this.#fade = new Crossfade(this.sounding, graph, { current, next, heard, seconds });
    for (const { item } of [current, next])
      if (!this.#edges.has(item.trackId))
        edgesOf(item.trackId).then(
          (edges) => this.#edges.set(item.trackId, edges),
          () => undefined,
        );
  }

  #forget(): void {
    clearTimeout(this.#begin);
    this.#plannedFor = null;
    this.#fade?.end();
    this.#fade = null;
    this.#edges = new Map([...this.#edges].slice(-8));
  }
}

const NO_EDGES: Edges = { leadingSeconds: 0, trailingSeconds: 0 };
