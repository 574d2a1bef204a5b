import { joinPath, type FolderListing, type SeenFile } from './walk.js';

export type FileState = 'pending' | 'ready' | 'rejected' | 'missing';

/** A row of `files`; its path is bytes in a latin1 string. */
export interface KnownFile {
  readonly id: string;
  readonly folderId: string | null;
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeNs: string;
  readonly inode: string;
  readonly state: FileState;
  readonly tagsVersion: number;
  readonly hasFacts: boolean;
  /** It is heard as the tracks that a CUE sheet makes of it. */
  readonly isCut: boolean;
}

export interface FolderChanges {
  readonly added: readonly SeenFile[];
  readonly changed: readonly { readonly known: KnownFile; readonly file: SeenFile }[];
  /** Missing ones that are there again, exactly as they were. */
  readonly returned: readonly KnownFile[];
  /** There before, not there now. */
  readonly gone: readonly KnownFile[];
}

/** The same bytes under another name: what a rename keeps. */
export const renameKey = (file: Pick<SeenFile, 'inode' | 'sizeBytes' | 'mtimeNs'>): string =>
  `${file.inode} ${file.sizeBytes} ${file.mtimeNs}`;

/** Pure: what happened in a folder since its files were last taken in. */
export const compareFolder = (
  listing: FolderListing,
  known: readonly KnownFile[],
  tagsVersion: number,
): FolderChanges => {
  const rows = new Map(known.map((row) => [row.path, row]));
  const added: SeenFile[] = [];
  const changed: { known: KnownFile; file: SeenFile }[] = [];
  const returned: KnownFile[] = [];
  for (const file of listing.files) {
    const path = joinPath(listing.path, file.name);
    const row = rows.get(path);
    rows.delete(path);
    if (row === undefined) added.push(file);
    else if (renameKey(row) !== renameKey(file) || row.tagsVersion !== tagsVersion)
      changed.push({ known: row, file });
    else if (row.state === 'missing') returned.push(row);
  }
  return { added, changed, returned, gone: [...rows.values()].filter((row) => row.state !== 'missing') };
};

/** A file that was written a moment ago may still grow. */
export const SETTLE_MS = 3000;

/** Remembers when files were first seen as they are, so one with a clock ahead of ours settles as well. */
export class Settling {
  private readonly seen = new Map<string, { readonly key: string; readonly atMs: number }>();

  /** Whether the file is as it was for long enough to be taken. */
  hasSettled(path: string, file: SeenFile, nowMs: number): boolean {
    const key = renameKey(file);
    const ageMs = nowMs - Number(file.mtimeNs) / 1e6;
    const before = this.seen.get(path);
    const settled = ageMs >= SETTLE_MS || (before?.key === key && nowMs - before.atMs >= SETTLE_MS);
    if (settled) this.seen.delete(path);
    else if (before?.key !== key) this.seen.set(path, { key, atMs: nowMs });
    return settled;
  }
}
