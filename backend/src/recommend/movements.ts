import type { Candidate } from './candidate.js';

/** By distance from the listener's own taste: artists they know, one step away, somewhere new. */
export type Movement = 1 | 2 | 3;
export const MOVEMENTS = [1, 2, 3] as const;

export const LIST_LENGTH = 30;

/** How many of a list each movement has, from "what I know" to "what is new". */
const QUOTAS = {
  '-2': [20, 8, 2],
  '-1': [15, 10, 5],
  '0': [10, 10, 10],
  '1': [5, 12, 13],
  '2': [2, 10, 18],
} as const satisfies Record<string, readonly [number, number, number]>;

/** Pure. */
export const quotasOf = (adventure: number): readonly [number, number, number] =>
  Object.entries(QUOTAS).find(([step]) => Number(step) === adventure)?.[1] ?? QUOTAS['0'];

/** Of the artist and the genres of a track that nobody near the listener plays, so much at least is one step. */
const ONE_STEP = 0.25;

/** Pure: one step away is what the model, or the genres that they hear, lead to. */
export const movementOf = ({ isKnownArtist, modelScore, affinity }: Candidate): Movement => {
  if (isKnownArtist) return 1;
  return (modelScore !== null && modelScore > 0) || affinity >= ONE_STEP ? 2 : 3;
};

/** Pure: 0 at home to 100 far away; each movement has its third of it, and inside what is nearer comes lower. */
export const noveltyOf = (candidate: Candidate): number => {
  const third = movementOf(candidate) - 1;
  const nearness = 0.5 * candidate.affinity + 0.5 * squash(candidate.modelScore ?? 0);
  return Math.min(100, Math.max(0, Math.round(((third + 1 - nearness) * 100) / 3)));
};

/** A deviation as a share. */
const squash = (value: number): number => 1 / (1 + Math.exp(-value));
