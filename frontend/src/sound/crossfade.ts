import type { HeardRung } from '../player/playback-status';
import type { PlacedItem } from '../player/queue-timeline';
import { setGain, type SoundGraph, type Strand } from './graph';
import { fadeCurve } from './overlap';
import type { Outlook, Sounding } from './sounding';
import { Tail } from './tail';

/** In which the one element hands the ending track over to the other: they may be a few milliseconds apart. */
const HANDOVER_SECONDS = 0.03;
/** Heard by nobody: what the second element needs until it really sounds. */
const LEAD_SECONDS = 0.05;

interface Plan {
  readonly current: PlacedItem;
  readonly next: PlacedItem;
  readonly heard: HeardRung;
  readonly seconds: number;
}

/**
 * One overlap: the track that ends is handed over to a second element, while the timeline leaps to the one that
 * follows, which rises as the other falls. Owned by Crossfader; ends by itself, and with whatever else is begun.
 */
export class Crossfade {
  readonly #tail: Tail;
  readonly #strand: Strand;
  #phase: 'fetching' | 'ready' | 'begun' | 'over' = 'fetching';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leadingSeconds = 0;

  constructor(
    private readonly sounding: Sounding,
    private readonly graph: SoundGraph,
    private readonly plan: Plan,
  ) {
    this.#tail = new Tail(plan.current, plan.heard, (uri) => sounding.signed(uri));
    this.#strand = graph.strand(this.#tail.audio);
    this.#strand.fade.gain.value = 0;
    const ready = (): void => {
      if (this.#phase === 'fetching') this.#phase = 'ready';
    };
    this.#tail.fetchFrom(sounding.positionSeconds).then(ready, () => this.end());
  }

  get hasBegun(): boolean {
    return this.#phase === 'begun';
  }

  get isOver(): boolean {
    return this.#phase === 'over';
  }

  begin(leadingSeconds: number): void {
    const { audio } = this.sounding;
    if (this.#phase !== 'ready' || audio.paused) return;
    this.#phase = 'begun';
    this.#leadingSeconds = leadingSeconds;
    const tail = this.#tail.audio;
    tail.volume = audio.volume;
    tail.muted = audio.muted;
    tail.preservesPitch = true;
    tail.playbackRate = audio.playbackRate;
    tail.currentTime = Math.min(
      this.sounding.positionSeconds + LEAD_SECONDS,
      this.#tail.endsAtSeconds - 0.05,
    );
    tail.addEventListener('playing', () => this.#handOver(), { once: true });
    tail.play().catch(() => this.end());
  }

  /** Both stop and go on together; whoever goes elsewhere leaves the overlap behind. */
  watch({ current }: Outlook): void {
    const { audio } = this.sounding;
    const tail = this.#tail.audio;
    tail.volume = audio.volume;
    tail.muted = audio.muted;
    if (current.key !== this.plan.current.key && current.key !== this.plan.next.key) this.end();
    else if (audio.paused && !tail.paused) tail.pause();
    else if (!audio.paused && tail.paused && !tail.ended) tail.play().catch(() => this.end());
  }

  end(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    clearTimeout(this.#timer);
    const { currentTime: now } = this.graph.context;
    setGain(this.graph.main.fade.gain, now, 1);
    this.#strand.end();
    this.#tail.end();
  }

  #handOver(): void {
    if (this.#phase !== 'begun') return;
    const { main, context } = this.graph;
    const now = context.currentTime;
    this.#strand.gain.gain.value = main.gain.gain.value;
    ramp(this.#strand.fade.gain, now, 1);
    ramp(main.fade.gain, now, 0);
    const { audio } = this.sounding;
    this.#timer = setTimeout(() => {
      audio.addEventListener('seeked', () => this.#cross(), { once: true });
      this.sounding.leap(this.#leadingSeconds);
    }, HANDOVER_SECONDS * 1000);
  }

  #cross(): void {
    if (this.#phase !== 'begun') return;
    const { main, context } = this.graph;
    const now = context.currentTime + 0.01;
    const seconds = Math.max(0.1, this.plan.seconds - HANDOVER_SECONDS);
    for (const [gain, curve] of [
      [main.fade.gain, fadeCurve('in')],
      [this.#strand.fade.gain, fadeCurve('out')],
    ] as const) {
      gain.cancelScheduledValues(0);
      gain.setValueCurveAtTime(curve, now, seconds);
    }
    this.#timer = setTimeout(() => this.end(), (seconds + 0.1) * 1000);
  }
}

const ramp = (gain: AudioParam, now: number, to: number): void => {
  gain.cancelScheduledValues(now);
  gain.setValueAtTime(gain.value, now);
  gain.linearRampToValueAtTime(to, now + HANDOVER_SECONDS);
};
