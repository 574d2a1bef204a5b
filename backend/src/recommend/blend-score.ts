import type { Candidate, Scored } from './candidate.js';

/** What a model knows counts for more than what tags say; where it knows nothing, they alone speak. */
const SHARE = { model: 0.7, affinity: 0.3 } as const;

/** Pure: numbers as deviations from their mean; all alike are all nought. */
export const standardised = (values: readonly number[]): number[] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  const deviation = Math.sqrt(variance);
  return values.map((value) => (deviation === 0 ? 0 : (value - mean) / deviation));
};

/** Pure: one number a candidate, out of the model and of what stands in its tags. */
export const blended = <C extends Candidate>(candidates: readonly C[]): (C & Scored)[] => {
  const affinities = standardised(candidates.map(({ affinity }) => affinity));
  return candidates.map((candidate, at) => {
    const affinity = affinities[at] ?? 0;
    const { modelScore } = candidate;
    const score = modelScore === null ? affinity : SHARE.model * modelScore + SHARE.affinity * affinity;
    return { ...candidate, score };
  });
};

const LOOKED_AT = 60;
const STEPS = 24;
const MOST_DEBIAS = 2;

const fameOf = ({ listeners }: Candidate): number => Math.log1p(listeners);
const lowered = <C extends Scored>(candidates: readonly C[], by: number): C[] =>
  candidates.map((candidate) => ({ ...candidate, score: candidate.score - by * fameOf(candidate) }));
const bestFame = (candidates: readonly Scored[]): number => {
  const best = [...candidates].sort((a, b) => b.score - a.score).slice(0, LOOKED_AT);
  return best.reduce((sum, each) => sum + fameOf(each), 0) / Math.max(1, best.length);
};

/**
 * Pure: takes off from what is famous as much as brings the best candidates to the fame of what the listener hears:
 * who hears what everybody hears keeps it. `ownFame` is the mean of log(1 + listeners) of their music.
 */
export const calibrated = <C extends Scored>(candidates: readonly C[], ownFame: number): C[] => {
  if (bestFame(candidates) <= ownFame) return [...candidates];
  let [least, most] = [0, MOST_DEBIAS];
  for (let step = 0; step < STEPS; step++) {
    const middle = (least + most) / 2;
    if (bestFame(lowered(candidates, middle)) > ownFame) least = middle;
    else most = middle;
  }
  return lowered(candidates, most);
};
