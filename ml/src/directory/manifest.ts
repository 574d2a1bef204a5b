import { ModelDirectoryError } from './model-directory-error.js';

/** Of the directory and its files; a reader knows exactly one. */
export const FORMAT_VERSION = 1;
export const MANIFEST_FILE = 'manifest.json';

export type NumberKind = 'int32' | 'float32' | 'float64';

export interface StoredArray {
  readonly file: string;
  readonly kind: NumberKind;
  readonly length: number;
}

/** A ModelState whose arrays lie in files. */
export interface StoredState {
  readonly kind: string;
  readonly itemCount: number;
  readonly numbers: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, StoredArray>>;
  readonly members?: readonly StoredState[];
}

export interface Gate {
  readonly name: string;
  readonly isPassed: boolean;
  readonly words: string;
}

/** What a training says of itself. Measures and baselines are rows of one table, all of the same hold-out. */
export interface TrainingFacts {
  /** Which way was taken, such as `blend` or `user-knn`; the list that is made with it says so. */
  readonly path: string;
  readonly trainedAt: string;
  /** Plays from `from` on and before `to` were learnt from. */
  readonly window: { readonly from: string | null; readonly to: string };
  readonly counts: { readonly listeners: number; readonly items: number; readonly plays: number };
  readonly backend: string;
  readonly seed: number;
  readonly settings: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly metrics: readonly { readonly model: string; readonly values: Readonly<Record<string, number>> }[];
  readonly gates: readonly Gate[];
  readonly cpuSeconds: number;
  /** The version whose factors this one began at, or was compared to. */
  readonly parent: string | null;
  /** Where numbers that were not learnt here come from, with their licence. */
  readonly origins: readonly { readonly source: string; readonly licence: string }[];
}

export interface Manifest {
  readonly formatVersion: typeof FORMAT_VERSION;
  readonly version: string;
  readonly training: TrainingFacts;
  /** Such as `ranking`, `neighbours`, `encoder`. */
  readonly parts: Readonly<Record<string, StoredState>>;
  readonly attached: readonly string[];
  readonly files: Readonly<Record<string, { readonly sizeBytes: number; readonly sha256: string }>>;
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const FIELDS = {
  version: (value: unknown) => typeof value === 'string',
  training: isObject,
  parts: isObject,
  attached: Array.isArray,
  files: isObject,
} as const;
const FILE_NAME = /^[a-z0-9][a-z0-9.-]*$/;

/** @throws ModelDirectoryError unless it is a manifest of this format. */
export function parseManifest(text: string): Manifest {
  const found = parseObject(text);
  if (found.formatVersion !== FORMAT_VERSION)
    throw new ModelDirectoryError(
      'FOREIGN_VERSION',
      `the model is of format ${String(found.formatVersion)}, this server reads format ${FORMAT_VERSION}`,
    );
  const missing = Object.entries(FIELDS).flatMap(([field, isThere]) =>
    isThere(found[field]) ? [] : [field],
  );
  if (missing.length > 0)
    throw new ModelDirectoryError('UNREADABLE_MANIFEST', `the manifest has no ${missing.join(', ')}`);
  // What wrote it is this format's writer, whose every file is checked by its hash: the fields are those of the type.
  const manifest = found as unknown as Manifest;
  const strange = Object.keys(manifest.files).find((name) => !FILE_NAME.test(name));
  if (strange !== undefined)
    throw new ModelDirectoryError(
      'UNREADABLE_MANIFEST',
      `the manifest names a file ${JSON.stringify(strange)}`,
    );
  return manifest;
}

/** @throws TypeError when it could not be the name of a file in the directory. */
export function assertFileName(name: string): void {
  if (!FILE_NAME.test(name) || name === MANIFEST_FILE)
    throw new TypeError(`${JSON.stringify(name)} names no file`);
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return { ...found };
  } catch (cause) {
    throw new ModelDirectoryError('UNREADABLE_MANIFEST', 'the manifest is not whole', { cause });
  }
  throw new ModelDirectoryError('UNREADABLE_MANIFEST', 'the manifest is no object');
}
