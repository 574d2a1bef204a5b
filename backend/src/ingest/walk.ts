import { hash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isAudioName, isHidden, isSidecarName } from './file-names.js';

/** A file as the file system shows it; names and paths are bytes in latin1 strings (see file-names.ts). */
export interface SeenFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Microseconds as nanoseconds: what survives in a double. */
  readonly mtimeNs: string;
  readonly inode: string;
}

export interface FolderListing {
  /** Below the root, without a slash at either end; '' is the root itself. */
  readonly path: string;
  readonly files: readonly SeenFile[];
  readonly sidecars: readonly SeenFile[];
  readonly subfolders: readonly string[];
}

export const joinPath = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;

export const parentPath = (path: string): string => {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
};

/** Whether a path is a folder or lies below it. */
export const isBelow = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

/** The bytes of a path below a root. */
export const absolutePath = (root: Buffer, path: string): Buffer =>
  path === '' ? root : Buffer.concat([root, Buffer.from(`/${path}`, 'latin1')]);

/** As Postgres stores 64 bits. */
export const signed64 = (value: number): string => BigInt.asIntN(64, BigInt(value)).toString();

/** null when it is gone or is no plain file any more: a folder changes while it is read. */
const look = (folder: Buffer, name: string): SeenFile | null => {
  const stat = lstatSync(Buffer.concat([folder, Buffer.from(`/${name}`, 'latin1')]), {
    throwIfNoEntry: false,
  });
  if (stat === undefined || !stat.isFile()) return null;
  return {
    name,
    sizeBytes: stat.size,
    mtimeNs: `${Math.round(stat.mtimeMs * 1000)}000`,
    inode: signed64(stat.ino),
  };
};

/** One folder. Links are never followed: inside the root they lead to what is found anyway, outside they must not lead. */
export const listFolder = (root: Buffer, path: string): FolderListing => {
  const folder = absolutePath(root, path);
  const files: SeenFile[] = [];
  const sidecars: SeenFile[] = [];
  const subfolders: string[] = [];
  for (const entry of readdirSync(folder, { encoding: 'latin1', withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!isHidden(entry.name)) subfolders.push(entry.name);
    } else if (entry.isFile() && isAudioName(entry.name)) {
      const seen = look(folder, entry.name);
      if (seen !== null) files.push(seen);
    } else if (entry.isFile() && isSidecarName(entry.name)) {
      const seen = look(folder, entry.name);
      if (seen !== null) sidecars.push(seen);
    }
  }
  return { path, files, sidecars, subfolders };
};

const linesOf = (files: readonly SeenFile[]): string =>
  files
    .map((file) => `${file.name}\0${file.sizeBytes}\0${file.mtimeNs}\0${file.inode}`)
    .sort()
    .join('\n');

/** Changes when a picture or a text of the folder does. */
export const besideFingerprintOf = ({ sidecars }: FolderListing): string =>
  hash('md5', Buffer.from(linesOf(sidecars), 'latin1'), 'binary');

/** Changes when anything in the folder does that the first pass looks at, or when it looks at it in a new way. */
export const fingerprintOf = (listing: FolderListing, version: number): string => {
  const lines = linesOf([...listing.files, ...listing.sidecars]);
  return hash('md5', Buffer.from(`${version}\n${lines}`, 'latin1'), 'binary');
};

export type WalkStep =
  | { readonly kind: 'folder'; readonly listing: FolderListing }
  /** It is there and cannot be read: nothing is known of what is below. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly code: string };

/** Other work of the process goes on at least this often. */
const TURN_MS = 5;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'UNKNOWN';

/**
 * The folders of a tree, parents first, each once, however many of `start` lead to it. Synchronous calls in short turns: asynchronous ones cost four times the CPU.
 * `descend` decides whether to go into a subfolder.
 */
export async function* walk(
  root: Buffer,
  start: readonly string[],
  descend: (path: string) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<WalkStep> {
  const waiting = [...start].reverse();
  const visited = new Set<string>();
  let turnEnds = performance.now() + TURN_MS;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (performance.now() > turnEnds) {
      signal?.throwIfAborted();
      await nextTurn();
      turnEnds = performance.now() + TURN_MS;
    }
    if (visited.has(path)) continue;
    visited.add(path);
    let listing: FolderListing;
    try {
      listing = listFolder(root, path);
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') yield { kind: 'unreadable', path, code };
      continue;
    }
    for (const name of listing.subfolders.toReversed()) {
      const subfolder = joinPath(path, name);
      if (descend(subfolder)) waiting.push(subfolder);
    }
    yield { kind: 'folder', listing };
  }
}
