/** A track that a listener cares for, with what the rules of a list look at. */
export interface CaredFor {
  readonly trackId: string;
  /** Above nought. */
  readonly gain: number;
  /** Whether they really played it: only such a track is named as a reason. */
  readonly isPlayed: boolean;
  readonly artistIds: readonly string[];
  readonly genreIds: readonly string[];
  readonly listeners: number;
}

/** Somebody's taste as their own history tells it. */
export interface Profile {
  readonly tracks: readonly CaredFor[];
  /** How much of it is of whom and of what, each sums to 1 where there is any. */
  readonly artists: ReadonlyMap<string, number>;
  readonly genres: ReadonlyMap<string, number>;
  /** The mean of log(1 + listeners). */
  readonly fame: number;
}

const shares = (
  rows: readonly (readonly [ids: readonly string[], weight: number])[],
): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  let total = 0;
  for (const [ids, weight] of rows)
    for (const id of ids) {
      sums.set(id, (sums.get(id) ?? 0) + weight / ids.length);
      total += weight / ids.length;
    }
  return new Map([...sums].map(([id, sum]) => [id, sum / total]));
};

/** Pure. */
export const profileOf = (tracks: readonly CaredFor[]): Profile => ({
  tracks,
  artists: shares(tracks.map(({ artistIds, gain }) => [artistIds, gain])),
  genres: shares(tracks.map(({ genreIds, gain }) => [genreIds, gain])),
  fame: tracks.reduce((sum, { listeners }) => sum + Math.log1p(listeners), 0) / Math.max(1, tracks.length),
});

/** Half of what is most of somebody's music is as near as can be. */
const NEAR = 0.5;

/** Pure: how near a track's artists and genres are to somebody's music, 0 to 1. */
export const affinityOf = (
  { artists, genres }: Profile,
  track: { readonly artistIds: readonly string[]; readonly genreIds: readonly string[] },
): number => {
  const part = (ids: readonly string[], mix: ReadonlyMap<string, number>): number => {
    const most = Math.max(0, ...mix.values());
    const best = Math.max(0, ...ids.map((id) => mix.get(id) ?? 0));
    return most === 0 ? 0 : Math.min(1, best / (most * NEAR));
  };
  return 0.5 * part(track.artistIds, artists) + 0.5 * part(track.genreIds, genres);
};
