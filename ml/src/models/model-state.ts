import type { ModelState } from './model.js';

// Kinds are told by their tag: what comes from another thread or realm is an instance of that realm's class.
const tagOf = (value: unknown): string => Object.prototype.toString.call(value);
const isFloats = (value: unknown): value is Float32Array => tagOf(value) === '[object Float32Array]';
const isIndices = (value: unknown): value is Int32Array => tagOf(value) === '[object Int32Array]';

/** @throws RangeError unless there is an array of that name and kind, as long as it must be and free of NaN. */
export const floatsOf = (state: ModelState, name: string, length?: number): Float32Array => {
  const found = state.arrays[name];
  if (!isFloats(found)) throw new RangeError(`${state.kind}: ${name} holds no 32-bit floats`);
  if (length !== undefined && found.length !== length)
    throw new RangeError(`${state.kind}: ${name} has ${found.length} numbers where ${length} belong`);
  const broken = found.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) throw new RangeError(`${state.kind}: ${name}[${broken}] is ${found[broken]}`);
  return found;
};

/** @throws RangeError unless there is an array of that name with whole numbers from 0 to `most`. */
export const indicesOf = (state: ModelState, name: string, most: number): Int32Array => {
  const found = state.arrays[name];
  if (!isIndices(found)) throw new RangeError(`${state.kind}: ${name} holds no 32-bit integers`);
  const broken = found.findIndex((value) => value < 0 || value > most);
  if (broken >= 0)
    throw new RangeError(`${state.kind}: ${name}[${broken}] is ${found[broken]}, at most ${most}`);
  return found;
};

/** @throws RangeError unless there is a number of that name. */
export const numberOf = (state: ModelState, name: string): number => {
  const found = state.numbers[name];
  if (found === undefined || !Number.isFinite(found))
    throw new RangeError(`${state.kind}: ${name} is ${found}`);
  return found;
};
