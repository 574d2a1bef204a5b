import type { HeardRung } from '../player/playback-status';
import type { QueueAction, QueueState } from '../player/queue-reducer';
import type { Store } from '../player/store';
import { Crossfader } from './crossfader';
import { setGain, SoundGraph } from './graph';
import { chosenGainDb, factorOf, gainKindOf } from './loudness';
import { soundStore } from './sound-settings';
import type { Outlook, Sounding } from './sounding';
import { hasLastingWebAudio } from './web-audio';

/** A join further away than this is told about again before it comes. */
const AHEAD_SECONDS = 1.5;

/** What is done to what sounds, for those who show it. */
export interface DeskReport {
  readonly gainKind: 'off' | 'track' | 'album';
  readonly gainDb: number;
  /** Null where the sound goes around Web Audio. */
  readonly contextRateHz: number | null;
}

/**
 * Brings every track to its loudness and its speed. Sound goes around the graph, sample by sample as decoded, until
 * something of it has to be changed. Owned by Player, which calls `close`.
 */
export class SoundDesk {
  #graph: SoundGraph | null = null;
  readonly #crossfader: Crossfader;
  readonly #stops: readonly (() => void)[];

  constructor(
    private readonly sounding: Sounding,
    private readonly queue: Store<QueueState, QueueAction>,
    heard: () => HeardRung | null,
    /** In place of a graph: no more than to take away. */
    private readonly attenuate: (factor: number) => void,
  ) {
    this.#crossfader = new Crossfader(sounding, queue, heard, () => this.graph());
    const { audio } = sounding;
    const keepSpeed = (): void => this.#keepSpeed();
    audio.addEventListener('loadedmetadata', keepSpeed);
    this.#stops = [
      soundStore.subscribe(() => this.shape()),
      queue.subscribe(() => this.shape()),
      () => audio.removeEventListener('loadedmetadata', keepSpeed),
    ];
    this.#keepSpeed();
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#crossfader.close();
    this.#graph?.close();
    this.#graph = null;
  }

  /** Null where Web Audio would fall silent. */
  graph(): SoundGraph | null {
    if (hasLastingWebAudio()) this.#graph ??= new SoundGraph(this.sounding.audio);
    return this.#graph;
  }

  report(): DeskReport {
    const { outlook } = this.sounding;
    const wanted = outlook ? this.#gainDb(outlook.current) : 0;
    return {
      gainKind: outlook ? this.#kindOf(outlook.current.key) : 'off',
      gainDb: hasLastingWebAudio() ? wanted : Math.min(0, wanted),
      contextRateHz: this.#graph?.context.sampleRate ?? null,
    };
  }

  /** With every tick, with every change of the queue, and so shortly before a join. */
  shape(): void {
    this.#keepSpeed();
    const { outlook } = this.sounding;
    if (!outlook) return;
    this.#bringToLoudness(outlook);
    this.#crossfader.tick(outlook);
  }

  #bringToLoudness({ current, next, secondsToJoin }: Outlook): void {
    const gainDb = this.#gainDb(current);
    const nextGainDb = next && this.#gainDb(next);
    const graph = this.#graph ?? (gainDb === 0 && !nextGainDb ? null : this.graph());
    if (!graph) {
      this.attenuate(Math.min(1, factorOf(gainDb)));
      return;
    }
    const { currentTime: now } = graph.context;
    const joins = nextGainDb !== null && !this.sounding.audio.paused && secondsToJoin < AHEAD_SECONDS;
    const then = joins ? { at: now + secondsToJoin, factor: factorOf(nextGainDb) } : undefined;
    setGain(graph.main.gain.gain, now, factorOf(gainDb), then);
  }

  #gainDb({ key, item }: Outlook['current']): number {
    return chosenGainDb(this.#kindOf(key), item);
  }

  #kindOf(key: number): DeskReport['gainKind'] {
    return gainKindOf(soundStore.getState().loudness, this.queue.getState(), key);
  }

  /** What is loaded next begins at the usual speed, unless the element's own usual one is another. */
  #keepSpeed(): void {
    const { audio } = this.sounding;
    const { speed } = soundStore.getState();
    if (audio.defaultPlaybackRate === speed && (audio.playbackRate === speed || audio.playbackRate === 0))
      return;
    audio.preservesPitch = true;
    audio.defaultPlaybackRate = speed;
    audio.playbackRate = speed;
  }
}
