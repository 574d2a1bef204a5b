import { beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../data/random.js';
import { mm, type MatrixOptions } from './mm.js';
import { loadsNode, openTensorFlow, type TensorBackend } from './tensorflow.js';

type Matrix = readonly (readonly number[])[];

const random = seededRandom(5);
const matrix = (rows: number, columns: number): Matrix =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.fround(random.normal())));
const turned = (a: Matrix): Matrix => (a[0] ?? []).map((_, column) => a.map((row) => row[column] ?? 0));
const exact = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    turned(b).map((column) => row.reduce((sum, value, at) => sum + value * (column[at] ?? 0), 0)),
  );
const tensor = (a: Matrix): tf.Tensor2D => tf.tensor2d(a.map((row) => [...row]));

/** By how much two matrices differ, over the largest number in them. */
const apart = (found: ArrayLike<number>, wanted: ArrayLike<number>): number => {
  let [most, largest] = [0, 0];
  for (let at = 0; at < wanted.length; at++) {
    most = Math.max(most, Math.abs((found[at] ?? NaN) - (wanted[at] ?? NaN)));
    largest = Math.max(largest, Math.abs(wanted[at] ?? 0));
  }
  return most / largest;
};

const SHAPES: readonly (MatrixOptions & { readonly a: Matrix; readonly b: Matrix })[] = [
  { a: matrix(37, 64), b: matrix(64, 53) },
  { a: matrix(64, 37), b: matrix(64, 53), transposeA: true },
  { a: matrix(37, 64), b: matrix(53, 64), transposeB: true },
  { a: matrix(64, 37), b: matrix(53, 64), transposeA: true, transposeB: true },
];

const onBackend = (backend: TensorBackend): void => {
  beforeAll(async () => {
    await openTensorFlow(backend);
  });

  it.each(SHAPES)('is the product of 64-bit numbers within 1e-4', ({ a, b, ...options }) => {
    const wanted = exact(
      options.transposeA === true ? turned(a) : a,
      options.transposeB === true ? turned(b) : b,
    );
    const found = tf.tidy(() => mm(tensor(a), tensor(b), options).dataSync());
    expect(apart(found, wanted.flat())).toBeLessThan(1e-4);
  });

  it.each(SHAPES)('hands the gradient to both factors within 1e-4', ({ a, b, ...options }) => {
    const { transposeA = false, transposeB = false } = options;
    const [left, right] = [transposeA ? turned(a) : a, transposeB ? turned(b) : b];
    const dy = matrix(left.length, right[0]?.length ?? 0);
    const wantedLeft = exact(dy, turned(right));
    const wantedRight = exact(turned(left), dy);
    const [foundLeft = [], foundRight = []] = tf.tidy(() =>
      tf
        .grads((x, y) => mm(x as tf.Tensor2D, y as tf.Tensor2D, options))([tensor(a), tensor(b)], tensor(dy))
        .map((gradient) => [...gradient.dataSync()]),
    );
    expect(apart(foundLeft, (transposeA ? turned(wantedLeft) : wantedLeft).flat())).toBeLessThan(1e-4);
    expect(apart(foundRight, (transposeB ? turned(wantedRight) : wantedRight).flat())).toBeLessThan(1e-4);
  });
};

describe('a product of matrices on WebAssembly', () => onBackend('wasm'));

const native = loadsNode() ? describe : describe.skip;
native('a product of matrices on the native library (needs @tensorflow/tfjs-node to load)', () =>
  onBackend('node'),
);
