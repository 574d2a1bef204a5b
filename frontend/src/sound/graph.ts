/** Short enough for a join, long enough not to click. */
const RAMP_SECONDS = 0.01;

/** A media element's way into the graph: its loudness, and how much of it is heard in a fade. */
export interface Strand {
  readonly gain: GainNode;
  readonly fade: GainNode;
  readonly end: () => void;
}

/**
 * What shapes the sound between the elements and the ear. Made when something has to be shaped for the first time: an
 * element that was once led through here never plays around it again. Owned by SoundDesk, which calls `close`.
 */
export class SoundGraph {
  readonly context = new AudioContext({ latencyHint: 'playback' });
  readonly #master: GainNode;
  readonly main: Strand;

  constructor(private readonly audio: HTMLAudioElement) {
    this.#master = this.context.createGain();
    this.#master.connect(this.context.destination);
    this.main = this.strand(audio);
    audio.addEventListener('play', this.#wake);
    this.#wake();
  }

  strand(audio: HTMLAudioElement): Strand {
    const source = this.context.createMediaElementSource(audio);
    const gain = this.context.createGain();
    const fade = this.context.createGain();
    source.connect(gain).connect(fade).connect(this.#master);
    const end = (): void => {
      for (const node of [source, gain, fade]) node.disconnect();
    };
    return { gain, fade, end };
  }

  /** Hears all that is heard; disconnected by whoever asked for it. */
  analyser(): AnalyserNode {
    const analyser = this.context.createAnalyser();
    this.#master.connect(analyser);
    return analyser;
  }

  close(): void {
    this.audio.removeEventListener('play', this.#wake);
    void this.context.close();
  }

  /** Browsers let a context begin only by the listener's wish, and stop it for a call or a lost device. */
  readonly #wake = (): void => {
    if (this.context.state !== 'running') this.context.resume().catch(() => undefined);
  };
}

/** From now on, without a click; `then` at a moment to come. */
export const setGain = (
  gain: AudioParam,
  now: number,
  factor: number,
  then?: { readonly at: number; readonly factor: number },
): void => {
  gain.cancelScheduledValues(now);
  if (Math.abs(gain.value - factor) < 1e-6) gain.setValueAtTime(factor, now);
  else {
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(factor, now + RAMP_SECONDS);
  }
  if (then) {
    gain.setValueAtTime(factor, Math.max(now + RAMP_SECONDS, then.at - RAMP_SECONDS / 2));
    gain.linearRampToValueAtTime(then.factor, Math.max(now + 2 * RAMP_SECONDS, then.at + RAMP_SECONDS / 2));
  }
};
