import type { ModelState } from '../models/model.js';
import type { NumberKind, StoredArray, StoredState } from './manifest.js';
import { ModelDirectoryError } from './model-directory-error.js';

type Numbers = Int32Array | Float32Array | Float64Array;
export type Files = Map<string, Uint8Array>;

const ENDINGS = { int32: 'i32', float32: 'f32', float64: 'f64' } as const satisfies Record<
  NumberKind,
  string
>;

/**
 * Pure: a state as a file an array, little-endian numbers one after the other, and what stays for the manifest.
 * @throws ModelDirectoryError when a number is none.
 */
export function stateToFiles(prefix: string, state: ModelState, files: Files): StoredState {
  const arrays: Record<string, StoredArray> = {};
  for (const [name, values] of Object.entries(state.arrays)) {
    assertFinite(`${state.kind}.${name}`, values);
    const kind = kindOf(values);
    const file = `${prefix}.${name.toLowerCase()}.${ENDINGS[kind]}`;
    files.set(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    arrays[name] = { file, kind, length: values.length };
  }
  assertFinite(`${state.kind}'s numbers`, Float64Array.from(Object.values(state.numbers)));
  return {
    kind: state.kind,
    itemCount: state.itemCount,
    numbers: state.numbers,
    arrays,
    ...(state.members === undefined
      ? {}
      : { members: state.members.map((member, place) => stateToFiles(`${prefix}.${place}`, member, files)) }),
  };
}

/** Pure: the state again. @throws ModelDirectoryError when a file is missing or too short, or a number is none. */
export function stateFromFiles(stored: StoredState, files: ReadonlyMap<string, Uint8Array>): ModelState {
  const arrays = Object.fromEntries(
    Object.entries(stored.arrays).map(([name, array]) => {
      const values = numbersOf(array, files.get(array.file));
      assertFinite(`${stored.kind}.${name}`, values);
      return [name, values];
    }),
  );
  return {
    kind: stored.kind,
    itemCount: stored.itemCount,
    numbers: stored.numbers,
    arrays,
    ...(stored.members === undefined
      ? {}
      : { members: stored.members.map((member) => stateFromFiles(member, files)) }),
  };
}

/** By its name: numbers that a thread sent may be of another realm. */
const KIND_OF = { Int32Array: 'int32', Float32Array: 'float32', Float64Array: 'float64' } as const;
const kindOf = (values: Numbers): NumberKind => KIND_OF[values[Symbol.toStringTag]];

const WIDTHS = { int32: 4, float32: 4, float64: 8 } as const satisfies Record<NumberKind, number>;

function numbersOf({ file, kind, length }: StoredArray, bytes: Uint8Array | undefined): Numbers {
  if (bytes?.length !== length * WIDTHS[kind])
    throw new ModelDirectoryError('DAMAGED_FILE', `${file} does not hold ${length} numbers of ${kind}`);
  // A copy, because a view would have to begin where numbers of its width may begin.
  const { buffer } = Uint8Array.from(bytes);
  switch (kind) {
    case 'int32':
      return new Int32Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
  }
}

function assertFinite(what: string, values: Numbers): void {
  const at = values.findIndex((value: number) => !Number.isFinite(value));
  if (at >= 0) throw new ModelDirectoryError('NOT_FINITE', `${what}[${at}] is ${values[at]}`);
}
