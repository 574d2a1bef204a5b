export interface Note {
  /** From left to right, 0 to 1. */
  readonly x: number;
  /** From above, 0 (all new) to 1 (at home). */
  readonly y: number;
}

/** Pure: one note a track, evenly apart, each at its novelty from 0 to 100. */
export const notesOf = (novelties: readonly number[]): readonly Note[] =>
  novelties.map((novelty, at) => ({ x: (at + 0.5) / novelties.length, y: 1 - novelty / 100 }));

/** Pure: where each movement begins, as a share of the whole; those that have no track are absent. */
export const startsOf = <M extends number>(
  movements: readonly M[],
): readonly { readonly movement: M; readonly x: number }[] =>
  [...new Set(movements)].map((movement) => ({
    movement,
    x: movements.indexOf(movement) / movements.length,
  }));
