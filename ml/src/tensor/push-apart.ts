import * as tf from '@tensorflow/tfjs-core';
import { mm } from './mm.js';
import { withGradientOfOne } from './with-gradient.js';
import { addInto, type Embeddings, type Rows } from './propagation.js';

/** The scores that are held at one time: 32 MiB of them. */
const BLOCK_SCORES = 8 * 1024 * 1024;

export interface PushedApart {
  readonly loss: number;
  readonly gradient: Embeddings;
}

/** Sum over rows of log sum exp, by hand since the built-in one is slow. Scores are at most `most`: nothing overflows. */
const sumOfLogSumExp = (scores: tf.Tensor2D, most: number): tf.Scalar =>
  withGradientOfOne<tf.Scalar>((save, given) => {
    const powers = tf.exp(tf.sub(given, most));
    const sums = tf.sum(powers, 1, true);
    save([tf.div(powers, sums)]);
    return {
      value: tf.sum<tf.Scalar>(tf.add(tf.log(sums), most)),
      gradFunc: (dy, [shares = powers]) => tf.mul(shares, dy),
    };
  })(scores);

/**
 * The half of the softmax loss that pushes listeners away from all items: the sum over listeners of
 * log sum exp (user · item / tau), and its gradients. Both are unit rows. Goes by blocks of listeners, so that it
 * takes no more room than there is.
 */
export function pushApart(
  { users, items }: Embeddings,
  width: number,
  tau: number,
  blockScores = BLOCK_SCORES,
): PushedApart {
  const itemCount = items.length / width;
  const blockLength = Math.max(1, Math.floor(blockScores / itemCount)) * width;
  const gradient = { users: new Float32Array(users.length), items: new Float32Array(items.length) };
  let loss = 0;
  for (let from = 0; from < users.length; from += blockLength) {
    const part = pushOneBlock(users.subarray(from, from + blockLength), items, width, tau);
    loss += part.loss;
    gradient.users.set(part.gradient.users, from);
    addInto(gradient.items, part.gradient.items);
  }
  return { loss, gradient };
}

function pushOneBlock(users: Rows, items: Rows, width: number, tau: number): PushedApart {
  const found = { loss: 0, gradient: { users, items } };
  tidied(() => {
    const loss = tf.valueAndGrads((left: tf.Tensor, right: tf.Tensor) =>
      sumOfLogSumExp(mm(left as tf.Tensor2D, right as tf.Tensor2D, { transposeB: true }), 1 / tau),
    );
    // The temperature goes into the smaller operand instead of into every score.
    const left = tf.div(tf.tensor2d(users, [users.length / width, width]), tau);
    const right = tf.tensor2d(items, [items.length / width, width]);
    const { value, grads } = loss([left, right]);
    found.loss = value.dataSync()[0] ?? 0;
    found.gradient = { users: floats(tf.div(grads[0] ?? left, tau)), items: floats(grads[1] ?? right) };
  });
  return found;
}

/** Frees the tensors that were made. Nothing is handed through tf.tidy: it would look for tensors in every number. */
export function tidied(work: () => void): void {
  tf.tidy(work);
}

export const floats = (tensor: tf.Tensor): Rows => Float32Array.from(tensor.dataSync());
