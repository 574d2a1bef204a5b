import type { History } from '../data/histories.js';
import { Adam } from './adam.js';
import { addScaled, type Rows } from './propagation.js';
import { dotOfRows, throughUnitRows, unitRows } from './unit-rows.js';

export interface LightGcnNumbers {
  readonly width: number;
  readonly tau: number;
  /** One unit row an item. */
  readonly items: Float32Array;
  /** One row an item: what one play of it tells of a listener. */
  readonly passed: Float32Array;
}

/** As many items stand for all while a listener is folded in. */
const MOST_STANDING = 4_096;
/** Cheap steps, that know of all items only how they lie on the whole; then exact ones. More change no figure. */
const ROUGH = { steps: 20, rate: 0.05 } as const;
const EXACT = { steps: 3, rate: 0.03 } as const;

type Push = (listener: Rows) => Rows;

/**
 * Makes a listener's unit row from what they heard alone, the same for whoever was trained with and whoever was not:
 * begins at what their plays pass on and goes down the loss of the training, with the items held.
 */
export class FoldIn {
  private readonly rough: Push;
  private readonly exact: Push;

  constructor(private readonly numbers: LightGcnNumbers) {
    const { items, width, tau } = numbers;
    const standing = everyFew(items, width);
    this.rough = pushOfCloud(standing, width, tau);
    this.exact = pushOfEach(standing, width, tau);
  }

  of({ items: heard, weights }: History): Rows {
    const { width, tau, items, passed } = this.numbers;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const told = new Float32Array(width);
    const pull = new Float32Array(width);
    heard.forEach((item, at) => {
      const weight = weights[at] ?? 0;
      addScaled(told, 0, passed, item * width, weight, width);
      addScaled(pull, 0, items, item * width, weight / total / tau, width);
    });
    const listener = unitRows(told, width).rows;
    descend(listener, pull, this.rough, ROUGH);
    descend(listener, pull, this.exact, EXACT);
    return unitRows(listener, width).rows;
  }
}

function descend(
  listener: Rows,
  pull: Rows,
  push: Push,
  { steps, rate }: { readonly steps: number; readonly rate: number },
): void {
  const width = listener.length;
  const mover = new Adam(listener, rate);
  for (let step = 0; step < steps; step++) {
    const unit = unitRows(listener, width);
    const gradient = push(unit.rows);
    addScaled(gradient, 0, pull, 0, -1, width);
    mover.step(throughUnitRows(gradient, unit, width));
  }
}

/** The gradient of log sum exp (listener · item / tau). */
const pushOfEach = (items: Rows, width: number, tau: number): Push => {
  const powers = new Float64Array(items.length / width);
  return (listener) => {
    let sum = 0;
    for (let row = 0; row < powers.length; row++) {
      const power = Math.exp((dotOfRows(items, row * width, listener, 0, width) - 1) / tau);
      powers[row] = power;
      sum += power;
    }
    const push = new Float32Array(width);
    powers.forEach((power, row) => addScaled(push, 0, items, row * width, power / sum / tau, width));
    return push;
  };
};

/** The same, were the items a cloud with their mean and their spread: width x width numbers in place of all items. */
const pushOfCloud = (items: Rows, width: number, tau: number): Push => {
  const count = items.length / width;
  const mean = new Float32Array(width);
  for (let row = 0; row < count; row++) addScaled(mean, 0, items, row * width, 1 / count, width);
  const spread = new Float32Array(width * width);
  for (let row = 0; row < count; row++) {
    const apart = items.slice(row * width, (row + 1) * width);
    addScaled(apart, 0, mean, 0, -1, width);
    apart.forEach((value, column) => addScaled(spread, column * width, apart, 0, value / count / tau, width));
  }
  return (listener) =>
    mean.map((value, column) => (value + dotOfRows(spread, column * width, listener, 0, width)) / tau);
};

function everyFew(items: Float32Array, width: number): Rows {
  const count = items.length / width;
  const stride = Math.max(1, Math.ceil(count / MOST_STANDING));
  const rows = new Float32Array(Math.ceil(count / stride) * width);
  for (let at = 0; at * stride < count; at++)
    rows.set(items.subarray(at * stride * width, (at * stride + 1) * width), at * width);
  return rows;
}
