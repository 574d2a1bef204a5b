import { solveFactored } from '../algebra/cholesky.js';
import { dot } from '../algebra/vectors.js';
import { assertHistories, transposed, type Histories, type History } from '../data/histories.js';
import { seededRandom } from '../data/random.js';
import { factorRow, scaledGram, solveHistory, solveRows, type Ridge } from './ials-solver.js';
import { floatsOf, numberOf } from './model-state.js';
import type { ExplainingModel, ModelState, Trainer } from './model.js';

export type IalsSettings = {
  readonly dimensions: number;
  readonly epochs: number;
  /** What everything that was not heard weighs. */
  readonly alpha: number;
  readonly lambda: number;
  readonly nu: number;
};

export interface FactorModel extends ExplainingModel {
  readonly dimensions: number;
  /** Row-major, a row an item. */
  readonly itemFactors: Float32Array;
  /** A listener's place among the items, solved at once: nobody waits for the next training. */
  vectorOf(history: History): Float64Array;
}

const CG_STEPS = 3;

export const factorModel = (itemFactors: Float32Array, d: number, ridge: Ridge): FactorModel => {
  const itemCount = d === 0 ? 0 : itemFactors.length / d;
  const factors = Float64Array.from(itemFactors);
  const gram = scaledGram(factors, d, ridge.alpha);
  const vectorOf = (history: History): Float64Array => solveHistory(history, factors, d, gram, ridge);
  return {
    itemCount,
    dimensions: d,
    itemFactors,
    vectorOf,
    state: { kind: 'ials', itemCount, numbers: { dimensions: d, ...ridge }, arrays: { itemFactors } },
    scores: (history) => {
      const vector = vectorOf(history);
      return Float32Array.from({ length: itemCount }, (_, item) => dot(factors, item * d, vector, 0, d));
    },
    // v_i' A^-1 (sum of w_j v_j): the sum taken apart.
    explain: (history, item) => {
      const row = factors.slice(item * d, item * d + d);
      if (history.items.length > 0) solveFactored(factorRow(history, factors, d, gram, ridge), d, row);
      return Float64Array.from(history.items, (source, at) => {
        const weight = history.weights[at] ?? 0;
        return weight > 0 ? weight * dot(factors, source * d, row, 0, d) : 0;
      });
    },
  };
};

export interface IalsOptions {
  /** Item factors of an earlier training of the same size, from which fewer epochs suffice. */
  readonly warmStart?: Float32Array;
  readonly onEpoch?: (epoch: number) => void;
}

/** Implicit alternating least squares with a ridge that grows with frequency; cost follows the plays. */
export const trainIals = (
  data: Histories,
  settings: IalsSettings,
  seed: number,
  { warmStart, onEpoch }: IalsOptions = {},
): FactorModel => {
  assertHistories(data);
  const { dimensions: d, epochs } = settings;
  const random = seededRandom(seed);
  const first = (): number => (random.normal() * 0.1) / Math.sqrt(d);
  const users = Float64Array.from({ length: data.userCount * d }, first);
  const items = Float64Array.from({ length: data.itemCount * d }, first);
  if (warmStart !== undefined) {
    if (warmStart.length !== items.length)
      throw new RangeError(`${warmStart.length} factors to begin with, ${items.length} wanted`);
    items.set(warmStart);
  }
  const listeners = transposed(data);
  const ridge = { alpha: settings.alpha, lambda: settings.lambda, nu: settings.nu };
  for (let epoch = 0; epoch < epochs; epoch++) {
    solveRows(data, users, items, d, ridge, CG_STEPS);
    solveRows(listeners, items, users, d, ridge, CG_STEPS);
    onEpoch?.(epoch + 1);
  }
  return factorModel(Float32Array.from(items), d, ridge);
};

const restoreIals = (state: ModelState): FactorModel => {
  const d = numberOf(state, 'dimensions');
  return factorModel(floatsOf(state, 'itemFactors', state.itemCount * d), d, {
    alpha: numberOf(state, 'alpha'),
    lambda: numberOf(state, 'lambda'),
    nu: numberOf(state, 'nu'),
  });
};

export const ials: Trainer<IalsSettings> = {
  name: 'ials',
  defaults: { dimensions: 128, epochs: 12, alpha: 0.05, lambda: 0.02, nu: 1.048 },
  train: (data, settings, seed) => trainIals(data, settings, seed),
  restore: restoreIals,
};
