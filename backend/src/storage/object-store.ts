/** Immutable bytes under a key like `artwork/ab/abcd/512.webp`. What is there is whole and on the disk. */
export interface ObjectStore {
  /** Replaces what was there. @throws when the bytes cannot be made durable; then the old ones stay. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** An object that grows and is not visible under its key until it is committed. */
  createDraft(): Promise<ObjectDraft>;
  /** The whole object, or `length` bytes from `offset`. @throws ObjectNotFound */
  read(key: string, range?: { readonly offset: number; readonly length: number }): Promise<Buffer>;
  /** Bytes, or null when there is no such object. */
  size(key: string): Promise<number | null>;
  /** A path on this machine to read the object from, or null where the store is elsewhere. */
  localPath(key: string): string | null;
  delete(key: string): Promise<void>;
  /** Every key below a prefix that ends in a slash, in no order, one by one; only what nobody wrote for `minAgeMs`. */
  list(prefix: string, minAgeMs?: number): AsyncIterable<string>;
  /** The paths of drafts that nobody wrote to for `minAgeMs`, whoever made them. */
  drafts(minAgeMs: number): AsyncIterable<string>;
  /** Discards the draft that grew there, when whoever made it no longer can. */
  discardDraft(path: string): Promise<void>;
}

export interface ObjectDraft {
  /** Where it grows; other processes of this machine may read what was written. */
  readonly path: string;
  append(bytes: Uint8Array): Promise<void>;
  /** fsync, rename, fsync of the folder: after this the object is there, or it throws and is not. */
  commit(key: string): Promise<void>;
  /** Leaves nothing behind; safe after commit. */
  discard(): Promise<void>;
}

export class ObjectNotFound extends Error {
  constructor(readonly key: string) {
    super(`there is no object ${key}`);
  }
}

export const OBJECT_STORE = Symbol('kanade:object-store');

/** Keys come from our own code; this keeps a mistake there from leaving the store. @throws Error */
export const assertKey = (key: string): void => {
  if (!/^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/i.test(key) || key.includes('..'))
    throw new Error(`not an object key: ${key}`);
};
