import * as tf from '@tensorflow/tfjs-core';
import { mm } from './mm.js';
import type { Rows } from './propagation.js';
import { floats, tidied } from './push-apart.js';
import { withGradientOfOne } from './with-gradient.js';

/** Two layers without biases; what is put in ends with a 1 where one is wanted. Row-major, [inputs, hidden] and so on. */
export interface Layers {
  readonly first: Rows;
  readonly second: Rows;
}

export interface LayerSizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

export interface Contrast {
  readonly loss: number;
  readonly gradient: Layers;
}

const tanh = withGradientOfOne<tf.Tensor2D>((save, x) => {
  const y = tf.tanh(x);
  save([y]);
  return { value: y, gradFunc: (dy, [told = y]) => tf.mul(dy, tf.sub(1, tf.square(told))) };
});

const unitRows = withGradientOfOne<tf.Tensor2D>((save, x) => {
  const lengths = tf.sqrt(tf.add(tf.sum(tf.square(x), 1, true), 1e-12));
  const y = tf.div<tf.Tensor2D>(x, lengths);
  save([y, lengths]);
  return {
    value: y,
    gradFunc: (dy, [told = y, long = lengths]) =>
      tf.div(tf.sub(dy, tf.mul(told, tf.sum(tf.mul(dy, told), 1, true))), long),
  };
});

/** How surprising it is that row i goes with column i, the mean over rows, when scores are divided by tau. */
const surpriseOfDiagonal = (scores: tf.Tensor2D, tau: number): tf.Scalar =>
  withGradientOfOne<tf.Scalar>((save, given) => {
    const count = given.shape[0];
    const powers = tf.exp(tf.div(tf.sub(given, 1), tau));
    const shares = tf.div(powers, tf.sum(powers, 1, true));
    const own = tf.sum(tf.mul(shares, tf.eye(count)), 1);
    save([tf.sub(shares, tf.eye(count))]);
    return {
      value: tf.neg(tf.mean<tf.Scalar>(tf.log(own))),
      gradFunc: (dy, [pull = shares]) => tf.mul(tf.div(pull, count * tau), dy),
    };
  })(scores);

/** InfoNCE: row i of one side belongs to row i of the other and to no other row. */
export function contrast(left: Rows, right: Rows, layers: Layers, sizes: LayerSizes, tau: number): Contrast {
  const { inputs, hidden, outputs } = sizes;
  const found = { loss: NaN, gradient: layers };
  tidied(() => {
    const sides = [left, right].map((rows) => tf.tensor2d(rows, [rows.length / inputs, inputs]));
    const loss = tf.valueAndGrads((first: tf.Tensor, second: tf.Tensor) => {
      const [a, b] = sides.map((side) => through(side, first as tf.Tensor2D, second as tf.Tensor2D));
      if (a === undefined || b === undefined) throw new RangeError('two sides belong together');
      return surpriseOfDiagonal(mm(a, b, { transposeB: true }), tau);
    });
    const first = tf.tensor2d(layers.first, [inputs, hidden]);
    const second = tf.tensor2d(layers.second, [hidden, outputs]);
    const { value, grads } = loss([first, second]);
    found.loss = value.dataSync()[0] ?? NaN;
    found.gradient = { first: floats(grads[0] ?? first), second: floats(grads[1] ?? second) };
  });
  return found;
}

const through = (rows: tf.Tensor2D, first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor2D =>
  unitRows(mm(tanh(mm(rows, first)), second));
