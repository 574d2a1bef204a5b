/** How large, how long and how muddled a simulated house of listeners is. */
export interface SimulationShape {
  readonly listeners: number;
  readonly tracks: number;
  readonly clusters: number;
  readonly weeks: number;
  /** The share of plays that tell nothing of whoever played them: a party, a child, somebody else's choice. */
  readonly noise: number;
  /** The share of tracks that stand in two clusters, so that clusters overlap. */
  readonly overlap: number;
}

export const HOUSE: SimulationShape = {
  listeners: 200,
  tracks: 5_000,
  clusters: 10,
  weeks: 12,
  noise: 0.2,
  overlap: 0.3,
};

/** A row a track. */
export interface SimulatedTracks {
  /** The clusters of each, a bit a cluster. */
  readonly clusters: Int32Array;
  readonly artists: Int32Array;
  readonly albums: Int32Array;
  readonly lengthsMs: Int32Array;
  /** How likely each is to be played among all: a long tail. */
  readonly appeal: Float64Array;
}

/** A row a play, in the order they began. */
export interface SimulatedPlays {
  readonly listeners: Int32Array;
  readonly tracks: Int32Array;
  /** Milliseconds since the first Monday, 00:00. */
  readonly startsMs: Float64Array;
  readonly playedMs: Int32Array;
  readonly sessions: Int32Array;
  /** 1 where it was noise; nothing that learns may look at it. */
  readonly isNoise: Uint8Array;
}

export interface Simulation {
  readonly shape: SimulationShape;
  readonly tracks: SimulatedTracks;
  /** The clusters each listener likes, a bit a cluster; a row a listener. */
  readonly tastes: Int32Array;
  readonly plays: SimulatedPlays;
}

/** The masks are 32-bit numbers. */
export const MOST_CLUSTERS = 31;

/** @throws RangeError when it cannot be simulated. */
export function assertShape({ listeners, tracks, clusters, weeks, noise, overlap }: SimulationShape): void {
  const wholes = { listeners, tracks, clusters, weeks };
  for (const [name, value] of Object.entries(wholes))
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} is ${value}`);
  if (clusters > MOST_CLUSTERS) throw new RangeError(`${clusters} clusters, at most ${MOST_CLUSTERS}`);
  if (tracks < clusters) throw new RangeError(`${tracks} tracks for ${clusters} clusters`);
  for (const [name, value] of Object.entries({ noise, overlap }))
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} is ${value}`);
}
