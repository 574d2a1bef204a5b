import type { ModelState } from '@kanade/ml';
import { createHash } from 'node:crypto';
import { z } from 'zod';

const KINDS = { int32: Int32Array, float32: Float32Array, float64: Float64Array } as const;
type Kind = keyof typeof KINDS;

const arraySchema = z.object({
  kind: z.enum(['int32', 'float32', 'float64']),
  file: z.string().regex(/^[\w-]+\.bin$/),
  sha256: z.string(),
});

interface StateFiles {
  readonly kind: string;
  readonly itemCount: number;
  readonly numbers: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, z.output<typeof arraySchema>>>;
  readonly members: readonly StateFiles[];
}

/** A model's state as a manifest tells it: its arrays are files beside it. */
export const stateFilesSchema: z.ZodType<StateFiles> = z.object({
  kind: z.string(),
  itemCount: z.int().min(0),
  numbers: z.record(z.string(), z.number()),
  arrays: z.record(z.string(), arraySchema),
  members: z.array(z.lazy(() => stateFilesSchema)),
});

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** By its name: an array that a thread sent may be of another realm. */
const KIND_OF = { Int32Array: 'int32', Float32Array: 'float32', Float64Array: 'float64' } as const;
const kindOf = (array: Int32Array | Float32Array | Float64Array): Kind => KIND_OF[array[Symbol.toStringTag]];

/** Pure: the state for a manifest, and the bytes of its files. Every machine that we run on is little-endian. */
export const toFiles = (
  state: ModelState,
  prefix = 'model',
): { readonly state: StateFiles; readonly files: ReadonlyMap<string, Uint8Array> } => {
  const files = new Map<string, Uint8Array>();
  const arrays: Record<string, z.output<typeof arraySchema>> = {};
  for (const [name, array] of Object.entries(state.arrays)) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const file = `${prefix}-${name}.bin`;
    files.set(file, bytes);
    arrays[name] = { kind: kindOf(array), file, sha256: sha256(bytes) };
  }
  const members = (state.members ?? []).map((member, at) => toFiles(member, `${prefix}-${at}`));
  for (const member of members) for (const [file, bytes] of member.files) files.set(file, bytes);
  const { kind, itemCount, numbers } = state;
  return {
    state: { kind, itemCount, numbers, arrays, members: members.map((member) => member.state) },
    files,
  };
};

/** @throws Error when a file is not what the manifest says */
export const fromFiles = async (
  { members, arrays: told, ...state }: StateFiles,
  read: (file: string) => Promise<Uint8Array>,
): Promise<ModelState> => {
  const arrays: Record<string, Int32Array | Float32Array | Float64Array> = {};
  for (const [name, { kind, file, sha256: expected }] of Object.entries(told)) {
    const bytes = await read(file);
    if (sha256(bytes) !== expected) throw new Error(`${file} is not what was written`);
    arrays[name] = new KINDS[kind](Uint8Array.from(bytes).buffer);
  }
  if (members.length === 0) return { ...state, arrays };
  const restored: ModelState[] = [];
  for (const member of members) restored.push(await fromFiles(member, read));
  return { ...state, arrays, members: restored };
};
