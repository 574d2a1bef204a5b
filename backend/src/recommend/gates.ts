/** What a model measured on the hold-out; all of one training on the same one. */
export interface Measured {
  readonly ndcg20: number;
  readonly recall20: number;
  /** The share of all tracks that stand in anybody's first 20. */
  readonly coverage: number;
  /** By how many listeners the tracks of the first 20 were heard, on average. */
  readonly popularity: number;
}

export const GATES = ['numbers', 'popularity', 'itemKnn', 'previous', 'coverage'] as const;
export type GateName = (typeof GATES)[number];

export interface Gate {
  readonly name: GateName;
  readonly passed: boolean;
  /** What it measured, and what it had to reach. */
  readonly value: number;
  readonly needed: number;
}

/** A model that is not better may be a little worse: that much is chance. */
const OF_PREVIOUS_NDCG = 0.98;
const OF_PREVIOUS_COVERAGE = 0.9;

export interface Judged {
  readonly gates: readonly Gate[];
  /** The first gate that holds it back; null: it may serve. */
  readonly refusedBy: GateName | null;
}

export interface Contest {
  readonly model: Measured;
  readonly popularity: Measured;
  /** Null where the rung is below item-kNN, or is item-kNN itself. */
  readonly itemKnn: Measured | null;
  /** The model that serves, made anew of the same hold-out by its own settings; null where there is none. */
  readonly previous: Measured | null;
  /** Whether the model is more than popularity. */
  readonly isLearnt: boolean;
  readonly areNumbers: boolean;
}

/** Pure: whether a model may take the place of the one that serves. */
export const judge = ({ model, popularity, itemKnn, previous, isLearnt, areNumbers }: Contest): Judged => {
  const atLeast = (name: GateName, value: number, needed: number): Gate => ({
    name,
    // Not `<`: what is no number passes nothing.
    passed: value >= needed,
    value,
    needed,
  });
  const gates = [
    atLeast('numbers', areNumbers && Object.values(model).every(Number.isFinite) ? 1 : 0, 1),
    ...(isLearnt ? [atLeast('popularity', model.ndcg20, popularity.ndcg20)] : []),
    ...(itemKnn === null ? [] : [atLeast('itemKnn', model.ndcg20, itemKnn.ndcg20)]),
    ...(previous === null
      ? []
      : [
          atLeast('previous', model.ndcg20, OF_PREVIOUS_NDCG * previous.ndcg20),
          atLeast('coverage', model.coverage, OF_PREVIOUS_COVERAGE * previous.coverage),
        ]),
  ];
  return { gates, refusedBy: gates.find(({ passed }) => !passed)?.name ?? null };
};
