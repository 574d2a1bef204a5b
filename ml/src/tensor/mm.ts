import * as tf from '@tensorflow/tfjs-core';
import { withGradient, withGradientOfOne } from './with-gradient.js';

export interface MatrixOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * The product of two matrices. On WebAssembly only a plain product of two matrices is fast: one that transposes on the
 * way takes up to 28 times as long, and the built-in gradient is made of those. So operands are transposed by an
 * operation of their own, also in the gradient.
 */
export const mm = (
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  { transposeA = false, transposeB = false }: MatrixOptions = {},
): tf.Tensor2D => product(transposeA ? turned(a) : a, transposeB ? turned(b) : b);

const turned = withGradientOfOne<tf.Tensor2D>((_, a) => ({
  value: tf.transpose(a),
  gradFunc: (dy) => tf.transpose(dy),
}));

const product = withGradient<tf.Tensor2D>((save, a, b) => {
  save([a, b]);
  return {
    value: tf.matMul(a, b),
    gradFunc: (dy, [left = a, right = b]) => [
      tf.matMul(dy, tf.transpose(right)),
      tf.matMul(tf.transpose(left), dy),
    ],
  };
});
