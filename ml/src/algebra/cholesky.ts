import { dot } from './vectors.js';

/**
 * Factors a symmetric positive definite matrix (row-major, lower triangle) in its place, so that `solveFactored` can use
 * it for several right-hand sides.
 * @throws RangeError when it is not positive definite.
 */
export const factorInPlace = (matrix: Float64Array, n: number): void => {
  for (let row = 0; row < n; row++)
    for (let column = 0; column <= row; column++) {
      const rest = (matrix[row * n + column] ?? 0) - dot(matrix, row * n, matrix, column * n, column);
      if (row !== column) matrix[row * n + column] = rest / (matrix[column * n + column] ?? 1);
      else if (rest > 0) matrix[row * n + row] = Math.sqrt(rest);
      else throw new RangeError('the matrix is not positive definite');
    }
};

/** The right-hand side becomes the solution. */
export const solveFactored = (factor: Float64Array, n: number, side: Float64Array): void => {
  for (let row = 0; row < n; row++)
    side[row] = ((side[row] ?? 0) - dot(factor, row * n, side, 0, row)) / (factor[row * n + row] ?? 1);
  for (let row = n - 1; row >= 0; row--) {
    const value = (side[row] ?? 0) / (factor[row * n + row] ?? 1);
    side[row] = value;
    for (let column = 0; column < row; column++)
      side[column] = (side[column] ?? 0) - value * (factor[row * n + column] ?? 0);
  }
};
