import { factorInPlace, solveFactored } from '../algebra/cholesky.js';
import { dot } from '../algebra/vectors.js';
import type { Histories, History } from '../data/histories.js';

export interface Ridge {
  /** What everything that was not heard weighs. */
  readonly alpha: number;
  readonly lambda: number;
  /** How the ridge grows with how much was heard; 1: in proportion. */
  readonly nu: number;
}

/** V'V times `scale`, whole. */
export const scaledGram = (factors: Float64Array, d: number, scale: number): Float64Array => {
  const gram = new Float64Array(d * d);
  for (let from = 0; from < factors.length; from += d)
    for (let a = 0; a < d; a++) {
      const x = factors[from + a] ?? 0;
      if (x === 0) continue;
      for (let b = 0; b <= a; b++) gram[a * d + b] = (gram[a * d + b] ?? 0) + x * (factors[from + b] ?? 0);
    }
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++) {
      const value = (gram[a * d + b] ?? 0) * scale;
      gram[a * d + b] = value;
      gram[b * d + a] = value;
    }
  return gram;
};

/** The ridge of a row whose weights sum to `heard` among `others`: who is heard often has more to be held back. */
export const ridgeOf = ({ alpha, lambda, nu }: Ridge, heard: number, others: number): number =>
  lambda * (heard + alpha * others) ** nu;

/**
 * Solves each row against the fixed factors of the other side by a few steps of conjugate gradient from where the row
 * stands: (sum w v v' + alpha V'V + ridge) x = sum over what was liked of w v. Follows the plays; no matrix of a row is
 * ever built.
 */
export const solveRows = (
  rows: Histories,
  solved: Float64Array,
  fixed: Float64Array,
  d: number,
  ridge: Ridge,
  steps: number,
): void => {
  const gram = scaledGram(fixed, d, ridge.alpha);
  const rest = new Float64Array(d);
  const direction = new Float64Array(d);
  const image = new Float64Array(d);
  for (let row = 0; row < rows.userCount; row++) {
    const from = rows.starts[row] ?? 0;
    const to = rows.starts[row + 1] ?? 0;
    const place = row * d;
    if (from === to) {
      solved.fill(0, place, place + d);
      continue;
    }
    let heard = 0;
    for (let at = from; at < to; at++) heard += Math.abs(rows.weights[at] ?? 0);
    const hold = ridgeOf(ridge, heard, rows.itemCount);
    const x = solved.subarray(place, place + d);
    applyRow(rows, from, to, fixed, d, gram, hold, x, rest);
    for (let a = 0; a < d; a++) rest[a] = -(rest[a] ?? 0);
    addLiked(rows, from, to, fixed, d, rest);
    direction.set(rest);
    let size = dot(rest, 0, rest, 0, d);
    for (let step = 0; step < steps && size > 1e-20; step++) {
      applyRow(rows, from, to, fixed, d, gram, hold, direction, image);
      const stride = size / dot(direction, 0, image, 0, d);
      for (let a = 0; a < d; a++) {
        x[a] = (x[a] ?? 0) + stride * (direction[a] ?? 0);
        rest[a] = (rest[a] ?? 0) - stride * (image[a] ?? 0);
      }
      const next = dot(rest, 0, rest, 0, d);
      const turn = next / size;
      size = next;
      for (let a = 0; a < d; a++) direction[a] = (rest[a] ?? 0) + turn * (direction[a] ?? 0);
    }
  }
};

/** image = (gram + hold + sum w v v') vector */
const applyRow = (
  rows: Histories,
  from: number,
  to: number,
  fixed: Float64Array,
  d: number,
  gram: Float64Array,
  hold: number,
  vector: Float64Array,
  image: Float64Array,
): void => {
  for (let a = 0; a < d; a++) image[a] = hold * (vector[a] ?? 0) + dot(gram, a * d, vector, 0, d);
  for (let at = from; at < to; at++) {
    const v = (rows.items[at] ?? 0) * d;
    const along = dot(fixed, v, vector, 0, d) * Math.abs(rows.weights[at] ?? 0);
    for (let a = 0; a < d; a++) image[a] = (image[a] ?? 0) + along * (fixed[v + a] ?? 0);
  }
};

/** What was turned away from pulls towards 0: it stands on the left side only. */
const addLiked = (
  rows: Histories,
  from: number,
  to: number,
  fixed: Float64Array,
  d: number,
  sum: Float64Array,
): void => {
  for (let at = from; at < to; at++) {
    const weight = rows.weights[at] ?? 0;
    if (weight <= 0) continue;
    const v = (rows.items[at] ?? 0) * d;
    for (let a = 0; a < d; a++) sum[a] = (sum[a] ?? 0) + weight * (fixed[v + a] ?? 0);
  }
};

/** The matrix of one row, factored, for exact answers about one listener. */
export const factorRow = (
  history: History,
  fixed: Float64Array,
  d: number,
  gram: Float64Array,
  ridge: Ridge,
): Float64Array => {
  const matrix = gram.slice();
  let heard = 0;
  history.items.forEach((item, at) => {
    const weight = Math.abs(history.weights[at] ?? 0);
    heard += weight;
    for (let a = 0; a < d; a++) {
      const x = weight * (fixed[item * d + a] ?? 0);
      for (let b = 0; b <= a; b++)
        matrix[a * d + b] = (matrix[a * d + b] ?? 0) + x * (fixed[item * d + b] ?? 0);
    }
  });
  const hold = ridgeOf(ridge, heard, fixed.length / d);
  for (let a = 0; a < d; a++) matrix[a * d + a] = (matrix[a * d + a] ?? 0) + hold;
  factorInPlace(matrix, d);
  return matrix;
};

export const solveHistory = (
  history: History,
  fixed: Float64Array,
  d: number,
  gram: Float64Array,
  ridge: Ridge,
): Float64Array => {
  const vector = new Float64Array(d);
  if (history.items.length === 0) return vector;
  history.items.forEach((item, at) => {
    const weight = history.weights[at] ?? 0;
    if (weight > 0)
      for (let a = 0; a < d; a++) vector[a] = (vector[a] ?? 0) + weight * (fixed[item * d + a] ?? 0);
  });
  solveFactored(factorRow(history, fixed, d, gram, ridge), d, vector);
  return vector;
};
