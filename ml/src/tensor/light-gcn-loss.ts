import type { Histories } from '../data/histories.js';
import { addInto, addScaled, type Embeddings, type Rows } from './propagation.js';
import { pushApart } from './push-apart.js';

export interface LossAndGradient {
  readonly loss: number;
  readonly gradient: Embeddings;
}

/**
 * The softmax loss over items of the cosine of listener and item over tau, a mean over listeners; every listener's
 * weights sum to 1. `chosen` are the items that stand for all in the sum, null for all themselves.
 */
export function softmaxLoss(
  data: Histories,
  unit: Embeddings,
  width: number,
  tau: number,
  chosen: Int32Array | null,
): LossAndGradient {
  const others = chosen === null ? unit.items : rowsOf(unit.items, chosen, width);
  const apart = pushApart({ users: unit.users, items: others }, width, tau);
  const { users } = apart.gradient;
  const items =
    chosen === null ? apart.gradient.items : spreadOut(apart.gradient.items, chosen, unit.items, width);
  const heard = pullTogether(data, unit, width, tau, { users, items });
  const scale = 1 / data.userCount;
  scaleBy(users, scale);
  scaleBy(items, scale);
  const missing = Math.log(unit.items.length / others.length);
  return { loss: (apart.loss - heard) * scale + missing, gradient: { users, items } };
}

/** The half that pulls listeners to what they heard: costs as much as there are plays. Adds to the gradient. */
function pullTogether(
  { userCount, starts, items, weights }: Histories,
  unit: Embeddings,
  width: number,
  tau: number,
  gradient: Embeddings,
): number {
  let sum = 0;
  const mean = new Float32Array(width);
  for (let user = 0; user < userCount; user++) {
    const [from, to] = [starts[user] ?? 0, starts[user + 1] ?? 0];
    const total = weights.subarray(from, to).reduce((all, weight) => all + weight, 0);
    mean.fill(0);
    for (let at = from; at < to; at++) {
      const row = (items[at] ?? 0) * width;
      const share = (weights[at] ?? 0) / total / tau;
      addScaled(mean, 0, unit.items, row, share, width);
      addScaled(gradient.items, row, unit.users, user * width, -share, width);
    }
    for (let column = 0; column < width; column++) {
      const at = user * width + column;
      sum += (mean[column] ?? 0) * (unit.users[at] ?? 0);
      gradient.users[at] = (gradient.users[at] ?? 0) - (mean[column] ?? 0);
    }
  }
  return sum;
}

export function rowsOf(values: Rows, chosen: Int32Array, width: number): Rows {
  const rows = new Float32Array(chosen.length * width);
  chosen.forEach((row, place) => rows.set(values.subarray(row * width, (row + 1) * width), place * width));
  return rows;
}

function spreadOut(rows: Rows, chosen: Int32Array, like: Rows, width: number): Rows {
  const all = new Float32Array(like.length);
  chosen.forEach((row, place) =>
    addInto(all.subarray(row * width, (row + 1) * width), rows.subarray(place * width, (place + 1) * width)),
  );
  return all;
}

function scaleBy(values: Rows, factor: number): void {
  for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) * factor;
}
