/** Rows swept at once: its panels stay in the cache. */
const BLOCK = 48;

/**
 * The inverse of a symmetric positive definite matrix (row-major, only its lower triangle is read), in its place and
 * whole. Sweeps a block of rows at a time, so nearly all of the n^3/2 multiplications run in one small loop.
 * @throws RangeError when it is not positive definite.
 */
export const invertSymmetric = (matrix: Float64Array, n: number): void => {
  const panel = new Float64Array((n + 4) * BLOCK);
  const swept = new Float64Array((n + 4) * BLOCK);
  const pivot = new Float64Array(BLOCK * BLOCK);
  for (let from = 0; from < n; from += BLOCK) {
    const width = Math.min(BLOCK, n - from);
    gather(matrix, n, from, width, panel, pivot);
    sweepSmall(pivot, width);
    multiplyPanel(panel, pivot, swept, n, width);
    subtractOuter(matrix, n, panel, swept);
    scatter(matrix, n, from, width, swept, pivot);
  }
  for (let row = 0; row < n; row++)
    for (let column = 0; column <= row; column++) {
      const value = -(matrix[row * n + column] ?? 0);
      matrix[row * n + column] = value;
      matrix[column * n + row] = value;
    }
};

/** The columns of the block as a panel, and the block itself, which is 0 in the panel. */
const gather = (
  matrix: Float64Array,
  n: number,
  from: number,
  width: number,
  panel: Float64Array,
  pivot: Float64Array,
): void => {
  panel.fill(0);
  for (let row = 0; row < n; row++)
    for (let t = 0; t < width; t++) {
      if (row < from) panel[row * BLOCK + t] = matrix[(from + t) * n + row] ?? 0;
      else if (row >= from + width) panel[row * BLOCK + t] = matrix[row * n + from + t] ?? 0;
    }
  for (let s = 0; s < width; s++)
    for (let t = 0; t <= s; t++) {
      const value = matrix[(from + s) * n + from + t] ?? 0;
      pivot[s * BLOCK + t] = value;
      pivot[t * BLOCK + s] = value;
    }
};

/** One row after another; leaves minus the inverse, negated at the end. */
const sweepSmall = (pivot: Float64Array, width: number): void => {
  for (let k = 0; k < width; k++) {
    const d = pivot[k * BLOCK + k] ?? 0;
    if (!(d > 0)) throw new RangeError('the matrix is not positive definite');
    for (let i = 0; i < width; i++) {
      if (i === k) continue;
      const factor = (pivot[i * BLOCK + k] ?? 0) / d;
      for (let j = 0; j < width; j++)
        if (j !== k)
          pivot[i * BLOCK + j] = (pivot[i * BLOCK + j] ?? 0) - factor * (pivot[k * BLOCK + j] ?? 0);
    }
    for (let i = 0; i < width; i++) {
      if (i === k) continue;
      pivot[i * BLOCK + k] = (pivot[i * BLOCK + k] ?? 0) / d;
      pivot[k * BLOCK + i] = (pivot[k * BLOCK + i] ?? 0) / d;
    }
    pivot[k * BLOCK + k] = -1 / d;
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) pivot[i * BLOCK + j] = -(pivot[i * BLOCK + j] ?? 0);
};

const multiplyPanel = (
  panel: Float64Array,
  pivot: Float64Array,
  swept: Float64Array,
  n: number,
  width: number,
): void => {
  swept.fill(0);
  for (let row = 0; row < n; row++)
    for (let s = 0; s < width; s++) {
      const factor = panel[row * BLOCK + s] ?? 0;
      if (factor === 0) continue;
      for (let t = 0; t < width; t++)
        swept[row * BLOCK + t] = (swept[row * BLOCK + t] ?? 0) + factor * (pivot[s * BLOCK + t] ?? 0);
    }
};

/** The lower triangle minus panel x swept', four rows and two columns at a time. */
const subtractOuter = (matrix: Float64Array, n: number, panel: Float64Array, swept: Float64Array): void => {
  for (let i = 0; i < n; i += 4)
    for (let j = 0; j <= Math.min(i + 3, n - 1); j += 2) {
      let [p00, p01, p10, p11, p20, p21, p30, p31] = [0, 0, 0, 0, 0, 0, 0, 0];
      const i0 = i * BLOCK;
      const j0 = j * BLOCK;
      for (let t = 0; t < BLOCK; t++) {
        const b0 = swept[j0 + t] ?? 0;
        const b1 = swept[j0 + BLOCK + t] ?? 0;
        const a0 = panel[i0 + t] ?? 0;
        const a1 = panel[i0 + BLOCK + t] ?? 0;
        const a2 = panel[i0 + 2 * BLOCK + t] ?? 0;
        const a3 = panel[i0 + 3 * BLOCK + t] ?? 0;
        p00 += a0 * b0;
        p01 += a0 * b1;
        p10 += a1 * b0;
        p11 += a1 * b1;
        p20 += a2 * b0;
        p21 += a2 * b1;
        p30 += a3 * b0;
        p31 += a3 * b1;
      }
      subtractPair(matrix, n, i, j, p00, p01);
      subtractPair(matrix, n, i + 1, j, p10, p11);
      subtractPair(matrix, n, i + 2, j, p20, p21);
      subtractPair(matrix, n, i + 3, j, p30, p31);
    }
};

const subtractPair = (
  matrix: Float64Array,
  n: number,
  row: number,
  column: number,
  first: number,
  second: number,
): void => {
  if (row >= n) return;
  const at = row * n + column;
  if (column <= row) matrix[at] = (matrix[at] ?? 0) - first;
  if (column + 1 <= row) matrix[at + 1] = (matrix[at + 1] ?? 0) - second;
};

const scatter = (
  matrix: Float64Array,
  n: number,
  from: number,
  width: number,
  swept: Float64Array,
  pivot: Float64Array,
): void => {
  for (let row = 0; row < n; row++)
    for (let t = 0; t < width; t++) {
      if (row < from) matrix[(from + t) * n + row] = swept[row * BLOCK + t] ?? 0;
      else if (row >= from + width) matrix[row * n + from + t] = swept[row * BLOCK + t] ?? 0;
    }
  for (let s = 0; s < width; s++)
    for (let t = 0; t <= s; t++) matrix[(from + s) * n + from + t] = -(pivot[s * BLOCK + t] ?? 0);
};
