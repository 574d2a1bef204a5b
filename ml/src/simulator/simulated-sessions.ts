import type { Random } from '../data/random.js';
import type { SimulatedTracks, SimulationShape } from './simulation-shape.js';
import { WeightedChoice } from './weighted-choice.js';

export interface SimulatedPlay {
  readonly listener: number;
  readonly track: number;
  readonly startMs: number;
  readonly playedMs: number;
  readonly isNoise: boolean;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const SESSIONS_A_WEEK = { fewest: 0, most: 4 } as const;
const TRACKS_A_SESSION = { fewest: 2, most: 14 } as const;
/** How often the next track is one the listener played before, and how often one more by the same artist. */
const AGAIN = 0.3;
const SAME_ARTIST = 0.15;
/** How often one skips what one likes, and what somebody else had chosen. */
const SKIPPED = { own: 0.1, noise: 0.55 } as const;

/** What one listener plays: sessions of one mood each, some of it again, some of it skipped, some of it noise. */
export class SimulatedListening {
  private readonly ofCluster: readonly WeightedChoice[];
  private readonly ofArtist: ReadonlyMap<number, readonly number[]>;
  private readonly any: WeightedChoice;

  constructor(
    private readonly shape: SimulationShape,
    private readonly tracks: SimulatedTracks,
  ) {
    const all = Int32Array.from(tracks.clusters.keys());
    const appealOf = (track: number): number => tracks.appeal[track] ?? 0;
    this.any = new WeightedChoice(all, appealOf);
    this.ofCluster = Array.from(
      { length: shape.clusters },
      (_, cluster) =>
        new WeightedChoice(
          all.filter((track) => ((tracks.clusters[track] ?? 0) & (1 << cluster)) !== 0),
          appealOf,
        ),
    );
    this.ofArtist = Map.groupBy([...all], (track) => tracks.artists[track] ?? 0);
  }

  /** One array a session, in the order they began. */
  of(listener: number, taste: number, random: Random): SimulatedPlay[][] {
    const moods = Array.from({ length: this.shape.clusters }, (_, cluster) => cluster).filter(
      (cluster) => (taste & (1 << cluster)) !== 0,
    );
    const known: number[] = [];
    const beginnings = Array.from({ length: this.shape.weeks }, (_, week) =>
      Array.from(
        { length: between(SESSIONS_A_WEEK, random) },
        () => week * WEEK_MS + random.next() * WEEK_MS,
      ),
    ).flat();
    return beginnings
      .sort((a, b) => a - b)
      .map((startMs) => this.session(listener, moodOf(moods, random), startMs, known, random));
  }

  private session(
    listener: number,
    mood: number,
    startMs: number,
    known: number[],
    random: Random,
  ): SimulatedPlay[] {
    const plays: SimulatedPlay[] = [];
    let nowMs = startMs;
    for (let left = between(TRACKS_A_SESSION, random); left > 0; left--) {
      const isNoise = random.next() < this.shape.noise;
      const track = isNoise ? this.any.draw(random) : this.next(mood, plays.at(-1), known, random);
      const isSkipped = random.next() < (isNoise ? SKIPPED.noise : SKIPPED.own);
      const share = isSkipped ? 0.02 + 0.25 * random.next() : Math.min(1, 0.75 + 0.5 * random.next());
      const playedMs = Math.round((this.tracks.lengthsMs[track] ?? 0) * share);
      plays.push({ listener, track, startMs: nowMs, playedMs, isNoise });
      if (!isNoise && !isSkipped) known.push(track);
      nowMs += playedMs + 1_000;
    }
    return plays;
  }

  private next(
    mood: number,
    before: SimulatedPlay | undefined,
    known: readonly number[],
    random: Random,
  ): number {
    const way = random.next();
    const again = known[random.below(known.length)];
    if (way < AGAIN && again !== undefined) return again;
    if (way < AGAIN + SAME_ARTIST && before !== undefined && !before.isNoise) {
      const own = this.ofArtist.get(this.tracks.artists[before.track] ?? 0);
      return own?.[random.below(own.length)] ?? before.track;
    }
    return (this.ofCluster[mood] ?? this.any).draw(random);
  }
}

const between = (
  { fewest, most }: { readonly fewest: number; readonly most: number },
  random: Random,
): number => fewest + random.below(most - fewest + 1);

/** One of them is what they hear most. */
const moodOf = (moods: readonly number[], random: Random): number =>
  (random.next() < 2 / 3 ? moods[0] : moods[random.below(moods.length)]) ?? 0;
