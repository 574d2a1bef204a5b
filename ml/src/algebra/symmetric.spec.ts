import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../data/random.js';
import { factorInPlace, solveFactored } from './cholesky.js';
import { invertSymmetric } from './symmetric.js';

/** A A' + n I of random numbers. */
const positive = (n: number): Float64Array => {
  const random = seededRandom(n);
  const half = Float64Array.from({ length: n * n }, () => random.normal());
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [row, column] = [Math.floor(at / n), at % n];
    let sum = row === column ? n : 0;
    for (let k = 0; k < n; k++) sum += (half[row * n + k] ?? 0) * (half[column * n + k] ?? 0);
    return sum;
  });
};

describe.each([1, 2, 3, 47, 48, 49, 101])('a positive matrix of %d rows', (n) => {
  it('times its inverse is one', () => {
    const matrix = positive(n);
    const inverse = matrix.slice();
    invertSymmetric(inverse, n);
    let worst = 0;
    for (let row = 0; row < n; row++)
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += (matrix[row * n + k] ?? 0) * (inverse[k * n + column] ?? 0);
        worst = Math.max(worst, Math.abs(sum - (row === column ? 1 : 0)));
      }
    expect(worst).toBeLessThan(1e-11);
  });
  it('is solved by its factor as by its inverse', () => {
    const inverse = positive(n);
    const factor = inverse.slice();
    invertSymmetric(inverse, n);
    factorInPlace(factor, n);
    const side = Float64Array.from({ length: n }, (_, at) => Math.sin(at + 1));
    const expected = side.map((_, row) =>
      side.reduce((sum, x, k) => sum + (inverse[row * n + k] ?? 0) * x, 0),
    );
    solveFactored(factor, n, side);
    side.forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 11));
  });
});

it('what is not positive definite is refused', () => {
  expect(() => invertSymmetric(Float64Array.of(1, 2, 2, 1), 2)).toThrow('not positive definite');
  expect(() => factorInPlace(Float64Array.of(1, 2, 2, 1), 2)).toThrow('not positive definite');
  expect(() => invertSymmetric(Float64Array.of(Number.NaN), 1)).toThrow('not positive definite');
});
