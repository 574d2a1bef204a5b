import type { Interactions } from '../data/interactions.js';
import { seedOf, seededRandom, type Random } from '../data/random.js';
import { SimulatedListening } from './simulated-sessions.js';
import { simulateTracks } from './simulated-tracks.js';
import { assertShape, type Simulation, type SimulationShape } from './simulation-shape.js';

const DAY_MS = 24 * 3_600_000;

/** The same shape and seed give the same plays to the last bit. @throws RangeError when the shape is impossible. */
export function simulate(shape: SimulationShape, seed: number): Simulation {
  assertShape(shape);
  const tracks = simulateTracks(shape, seededRandom(seedOf(seed, 'tracks')));
  const tasteRandom = seededRandom(seedOf(seed, 'tastes'));
  const tastes = Int32Array.from({ length: shape.listeners }, () => tasteOf(shape.clusters, tasteRandom));
  const listening = new SimulatedListening(shape, tracks);
  // A seed a listener: one more listener changes nothing for those who were there.
  const sessions = [...tastes.keys()].flatMap((listener) =>
    listening.of(listener, tastes[listener] ?? 0, seededRandom(seedOf(seed, 'listener', listener))),
  );
  const plays = sessions
    .flatMap((session, number) => session.map((play) => ({ ...play, session: number })))
    .sort((a, b) => a.startMs - b.startMs || a.session - b.session);
  return {
    shape,
    tracks,
    tastes,
    plays: {
      listeners: Int32Array.from(plays, ({ listener }) => listener),
      tracks: Int32Array.from(plays, ({ track }) => track),
      startsMs: Float64Array.from(plays, ({ startMs }) => startMs),
      playedMs: Int32Array.from(plays, ({ playedMs }) => playedMs),
      sessions: Int32Array.from(plays, ({ session }) => session),
      isNoise: Uint8Array.from(plays, ({ isNoise }) => (isNoise ? 1 : 0)),
    },
  };
}

/** Pure: which share of the tracks stands in a cluster that the listener likes. */
export const ownShare = ({ tracks, tastes }: Simulation, listener: number, list: readonly number[]): number =>
  list.filter((track) => ((tracks.clusters[track] ?? 0) & (tastes[listener] ?? 0)) !== 0).length /
  Math.max(1, list.length);

/** What a play to the end, one to the middle and a skip say. */
const SAYS = { whole: 1, half: 0.4, skip: -0.3 } as const;

/** Pure: the plays before a moment as a model takes them, with their ages in days then. */
export function simulatedInteractions(
  { shape, tracks, plays }: Simulation,
  beforeMs = Infinity,
): Interactions {
  const first = plays.startsMs.findIndex((start) => start >= beforeMs);
  const count = first < 0 ? plays.startsMs.length : first;
  const endMs = Math.min(beforeMs, (plays.startsMs.at(-1) ?? 0) + DAY_MS);
  return {
    userCount: shape.listeners,
    itemCount: shape.tracks,
    users: plays.listeners.slice(0, count),
    items: plays.tracks.slice(0, count),
    weights: Float32Array.from({ length: count }, (_, row) => {
      const share = (plays.playedMs[row] ?? 0) / (tracks.lengthsMs[plays.tracks[row] ?? 0] ?? 1);
      if (share >= 0.8) return SAYS.whole;
      return share >= 0.3 ? SAYS.half : SAYS.skip;
    }),
    ages: Float32Array.from({ length: count }, (_, row) => (endMs - (plays.startsMs[row] ?? 0)) / DAY_MS),
  };
}

/** One cluster, two or three. */
function tasteOf(clusters: number, random: Random): number {
  const drawn = Array.from({ length: 1 + random.below(3) }, () => random.below(clusters));
  return drawn.reduce((taste, cluster) => taste | (1 << cluster), 0);
}
