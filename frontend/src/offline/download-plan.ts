import type { Collection, KeptTrack } from './kept';

export interface Plan {
  /** In the order in which they are fetched: as they were wished, each once. */
  readonly toFetch: readonly string[];
  /** Nobody wishes them any more. */
  readonly toRemove: readonly string[];
}

/** Pure: every track of these collections, each once, the collection that was wished first first. */
export const wantedIds = (collections: readonly Collection[]): readonly string[] => {
  const inOrder = [...collections].sort((a, b) => a.addedAt - b.addedAt);
  return [...new Set(inOrder.flatMap(({ tracks }) => tracks.map(({ id }) => id)))];
};

/** Pure: what lies between what is wished and what is there. */
export const planOf = (
  collections: readonly Collection[],
  kept: Iterable<Pick<KeptTrack, 'trackId' | 'whole'>>,
  refused: ReadonlySet<string>,
): Plan => {
  const wanted = wantedIds(collections);
  const isWanted = new Set(wanted);
  const tracks = [...kept];
  const whole = new Set(tracks.filter((track) => track.whole).map(({ trackId }) => trackId));
  return {
    toFetch: wanted.filter((id) => !whole.has(id) && !refused.has(id)),
    toRemove: tracks.map(({ trackId }) => trackId).filter((id) => !isWanted.has(id)),
  };
};

/** Pure: of a track's parts, those that are not there, in order. */
export const missingParts = (segmentCount: number, there: ReadonlySet<number>): readonly number[] =>
  Array.from({ length: segmentCount + 1 }, (_, at) => at - 1).filter((number) => !there.has(number));
