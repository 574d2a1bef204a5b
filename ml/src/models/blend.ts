import { momentsOf } from '../algebra/vectors.js';
import type { History } from '../data/histories.js';
import { numberOf } from './model-state.js';
import type { Model, ModelState } from './model.js';

export interface BlendMember {
  readonly name: string;
  readonly weight: number;
  readonly model: Model;
}

export interface Blend extends Model {
  readonly members: readonly BlendMember[];
  /** What each member gives to the score of one item; sums to the score. */
  contributions(history: History, item: number): Float64Array;
}

/** Mean 0 and deviation 1 over what the listener has not heard, so that members speak on one scale. */
export const standardScores = (model: Model, history: History): Float32Array => {
  const scores = model.scores(history);
  const isHeard = new Uint8Array(scores.length);
  for (const item of history.items) isHeard[item] = 1;
  const { mean, deviation } = momentsOf(scores, isHeard);
  return scores.map((score) => (deviation > 0 ? (score - mean) / deviation : 0));
};

/** @throws RangeError when there is no member, or members score different items. */
export const blendOf = (members: readonly BlendMember[]): Blend => {
  const itemCount = members[0]?.model.itemCount;
  if (itemCount === undefined || members.some(({ model }) => model.itemCount !== itemCount))
    throw new RangeError('a blend is made of models of the same items');
  return {
    itemCount,
    members,
    state: {
      kind: 'blend',
      itemCount,
      numbers: Object.fromEntries(members.map(({ weight }, at) => [`weight${at}`, weight])),
      arrays: {},
      members: members.map(({ model }) => model.state),
    },
    scores: (history) => {
      const sum = new Float64Array(itemCount);
      for (const { weight, model } of members)
        standardScores(model, history).forEach(
          (score, item) => (sum[item] = (sum[item] ?? 0) + weight * score),
        );
      return Float32Array.from(sum);
    },
    contributions: (history, item) =>
      Float64Array.from(members, ({ weight, model }) => weight * (standardScores(model, history)[item] ?? 0)),
  };
};

export const isBlend = (model: Model): model is Blend => 'members' in model;

export const restoreBlend = (state: ModelState, restore: (member: ModelState) => Model): Blend =>
  blendOf(
    (state.members ?? []).map((member, at) => ({
      name: member.kind,
      weight: numberOf(state, `weight${at}`),
      model: restore(member),
    })),
  );
