import type { MediaErrorCode } from './media-error.js';
import type { FileTags } from './track-tags.js';

/** Parent to child: files to read, answered together. Paths are bytes; the channel carries them as they are. */
export interface ReadBatch {
  readonly paths: readonly Uint8Array[];
  readonly pictures: boolean;
}

export type ReadAnswer =
  | { readonly file: FileTags }
  | { readonly error: { readonly code: MediaErrorCode; readonly message: string } };

/** Child to parent, in the order of the paths. */
export interface BatchAnswer {
  readonly answers: readonly ReadAnswer[];
}
