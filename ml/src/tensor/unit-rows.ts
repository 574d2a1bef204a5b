import type { Rows } from './propagation.js';

export interface UnitRows {
  /** Each row of length 1; a row of zeros stays one. */
  readonly rows: Rows;
  readonly lengths: Float32Array;
}

export function unitRows(values: Rows, width: number): UnitRows {
  const rows = new Float32Array(values.length);
  const lengths = new Float32Array(values.length / width);
  for (let row = 0; row < lengths.length; row++) {
    const length = Math.sqrt(dotOfRows(values, row * width, values, row * width, width) + 1e-12);
    lengths[row] = length;
    for (let column = row * width; column < (row + 1) * width; column++)
      rows[column] = (values[column] ?? 0) / length;
  }
  return { rows, lengths };
}

/** Pure: what a gradient with respect to unit rows is with respect to the rows before: in place. */
export function throughUnitRows(gradient: Rows, { rows, lengths }: UnitRows, width: number): Rows {
  lengths.forEach((length, row) => {
    const at = row * width;
    const along = dotOfRows(gradient, at, rows, at, width);
    for (let column = at; column < at + width; column++)
      gradient[column] = ((gradient[column] ?? 0) - along * (rows[column] ?? 0)) / length;
  });
  return gradient;
}

export function dotOfRows(
  left: Float32Array,
  leftAt: number,
  right: Float32Array,
  rightAt: number,
  width: number,
): number {
  let sum = 0;
  for (let column = 0; column < width; column++)
    sum += (left[leftAt + column] ?? 0) * (right[rightAt + column] ?? 0);
  return sum;
}
