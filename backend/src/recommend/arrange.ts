import type { Scored } from './candidate.js';
import { MOVEMENTS, movementOf, type Movement } from './movements.js';

export interface Wishes {
  /** How many tracks of each movement. */
  readonly quotas: readonly [number, number, number];
  readonly mostOfArtist: number;
  /** How much of what the listener hears is of which genre; shares sum to 1, or there are none. */
  readonly genreMix: ReadonlyMap<string, number>;
}

/** Relevance against likeness to what stands there already, and against a mix of genres that is not theirs. */
const WEIGHT = { relevance: 0.7, diversity: 0.3, genres: 0.5 } as const;

const isOfArtist = ({ artistId }: Scored, other: Scored): boolean =>
  artistId !== null && artistId === other.artistId;

/** Pure: 1 for the same artist, else the share of genres that both have. */
export const likeness = (one: Scored, other: Scored): number => {
  if (isOfArtist(one, other)) return 1;
  const shared = one.genreIds.filter((id) => other.genreIds.includes(id)).length;
  const all = new Set([...one.genreIds, ...other.genreIds]).size;
  return all === 0 ? 0 : shared / all;
};

/** How far the genres of a list would be over what the listener hears of them, with this track in it. */
const overfull = (
  track: Scored,
  counts: ReadonlyMap<string, number>,
  length: number,
  { genreMix }: Wishes,
): number => {
  if (genreMix.size === 0 || track.genreIds.length === 0) return 0;
  const excess = track.genreIds.map((id) => {
    const share = ((counts.get(id) ?? 0) + 1) / (length + 1);
    return Math.max(0, share - (genreMix.get(id) ?? 0));
  });
  return excess.reduce((sum, value) => sum + value, 0) / excess.length;
};

/**
 * Pure: the tracks of a list, movement by movement. Greedy: each time the one that is worth most beside what stands
 * there. What a movement cannot fill the others do, the nearest first; fewer only when there is no more.
 */
export const arrange = <C extends Scored>(candidates: readonly C[], wishes: Wishes): C[] => {
  const wanted = wishes.quotas.reduce((sum, quota) => sum + quota, 0);
  const open = new Set([...candidates].sort((a, b) => b.score - a.score || (a.trackId < b.trackId ? -1 : 1)));
  const chosen: C[] = [];
  const closest = new Map<C, number>();
  const ofArtist = new Map<string, number>();
  const genres = new Map<string, number>();
  const worth = (track: C): number =>
    WEIGHT.relevance * track.score -
    WEIGHT.diversity * (closest.get(track) ?? 0) -
    WEIGHT.genres * overfull(track, genres, chosen.length, wishes);
  const isFull = ({ artistId }: C): boolean =>
    artistId !== null && (ofArtist.get(artistId) ?? 0) >= wishes.mostOfArtist;
  const takeBest = (isMeant: (track: C) => boolean): boolean => {
    let best: C | undefined;
    for (const track of open)
      if (isMeant(track) && !isFull(track) && (best === undefined || worth(track) > worth(best)))
        best = track;
    if (best === undefined) return false;
    open.delete(best);
    chosen.push(best);
    if (best.artistId !== null) ofArtist.set(best.artistId, (ofArtist.get(best.artistId) ?? 0) + 1);
    for (const id of best.genreIds) genres.set(id, (genres.get(id) ?? 0) + 1);
    for (const track of open) closest.set(track, Math.max(closest.get(track) ?? 0, likeness(track, best)));
    return true;
  };
  const of = (movement: Movement) => (track: C) => movementOf(track) === movement;
  for (const movement of MOVEMENTS)
    for (let left = wishes.quotas[movement - 1] ?? 0; left > 0 && takeBest(of(movement)); left--);
  while (chosen.length < wanted && takeBest(() => true));
  return chosen;
};
