import { restoreBlend } from './blend.js';
import { decayedPopularity } from './decayed-popularity.js';
import { ease } from './ease.js';
import { ials } from './ials.js';
import { itemKnn } from './item-knn.js';
import type { Model, ModelState, Trainer } from './model.js';
import { popularity } from './popularity.js';
import { rarity } from './rarity.js';
import { userKnn } from './user-knn.js';
import { lightGcn } from '../tensor/light-gcn.js';

/** Every model that can be trained by name; a new one needs a line here and is then searched, blended and stored. */
export const TRAINERS: readonly Trainer[] = [
  popularity,
  decayedPopularity,
  rarity,
  itemKnn,
  userKnn,
  ease,
  ials,
  lightGcn(),
];

/** @throws RangeError when no trainer has that name. */
export const trainerOf = (name: string): Trainer => {
  const found = TRAINERS.find((trainer) => trainer.name === name);
  if (found === undefined) throw new RangeError(`no model is called ${name}`);
  return found;
};

/** @throws RangeError when the state is not whole, or of a kind that is not known here. */
export const restoreModel = (state: ModelState): Model =>
  state.kind === 'blend' ? restoreBlend(state, restoreModel) : trainerOf(state.kind).restore(state);
