/** Numbers in a row, 32 or 64 bits; sums are always kept in 64. */
export type Vector = Float32Array | Float64Array;

/** Four sums side by side: one alone would wait for each addition before the next. */
export const dot = (
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  length: number,
): number => {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let at = 0;
  for (; at + 3 < length; at += 4) {
    const i = aFrom + at;
    const j = bFrom + at;
    s0 += (a[i] ?? 0) * (b[j] ?? 0);
    s1 += (a[i + 1] ?? 0) * (b[j + 1] ?? 0);
    s2 += (a[i + 2] ?? 0) * (b[j + 2] ?? 0);
    s3 += (a[i + 3] ?? 0) * (b[j + 3] ?? 0);
  }
  for (; at < length; at++) s0 += (a[aFrom + at] ?? 0) * (b[bFrom + at] ?? 0);
  return s0 + s1 + (s2 + s3);
};

/** `to += factor * from`, from the given places on. */
export const addScaled = (
  to: Vector,
  toFrom: number,
  factor: number,
  from: Vector,
  fromFrom: number,
  length: number,
): void => {
  for (let at = 0; at < length; at++)
    to[toFrom + at] = (to[toFrom + at] ?? 0) + factor * (from[fromFrom + at] ?? 0);
};

/** Over the places where `isLeftOut` is 0. */
export const momentsOf = (
  values: Float32Array,
  isLeftOut: Uint8Array,
): { readonly mean: number; readonly deviation: number } => {
  let count = 0;
  let sum = 0;
  for (let at = 0; at < values.length; at++)
    if (isLeftOut[at] === 0) {
      count += 1;
      sum += values[at] ?? 0;
    }
  if (count === 0) return { mean: 0, deviation: 0 };
  const mean = sum / count;
  let squares = 0;
  for (let at = 0; at < values.length; at++)
    if (isLeftOut[at] === 0) squares += ((values[at] ?? 0) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) };
};
