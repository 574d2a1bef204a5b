import { statSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { FileRepository, type KnownFolder } from './file.repository.js';
import { compareFolder, renameKey, type KnownFile } from './folder-changes.js';
import { TAGS_VERSION } from './intake-rules.js';
import type { UnreadableFolder } from './unreadable-folders.js';
import { fingerprintOf, isBelow, joinPath, parentPath, signed64, walk, type FolderListing } from './walk.js';

/** The whole library, or folders in which something happened and the new ones below them. */
export type ScanScope = 'all' | readonly string[];

export interface SurveyOptions {
  readonly scope?: ScanScope;
  readonly signal?: AbortSignal;
  readonly onFolder?: ((path: string) => void) | undefined;
}

export interface Survey {
  readonly root: 'absent' | 'empty' | 'present';
  readonly device: string | null;
  readonly inode: string | null;
  /** Folders that are not as they were taken in. */
  readonly changed: readonly string[];
  readonly goneFolders: readonly KnownFolder[];
  /** Files that are not where they were. */
  readonly gone: readonly KnownFile[];
  /** renameKeys of files that nobody knew: a gone one among them was renamed. */
  readonly appeared: ReadonlySet<string>;
  readonly unreadable: readonly UnreadableFolder[];
}

const CHUNK = 200;

/** Looks and changes nothing: what happened in a music folder since it was last taken in. */
@Injectable()
export class Surveyor {
  constructor(private readonly files: FileRepository) {}

  async survey(
    root: Buffer,
    known: ReadonlyMap<string, KnownFolder>,
    { scope = 'all', signal, onFolder }: SurveyOptions,
  ): Promise<Survey> {
    const { device, inode } = this.rootOf(root);
    if (device === null) return this.withoutRoot(known);
    const seen = new Set<string>();
    const visited = new Set<string>();
    const unreadable: UnreadableFolder[] = [];
    const changed: string[] = [];
    const gone: KnownFile[] = [];
    const appeared = new Set<string>();
    let rootIsEmpty = false;
    let chunk: FolderListing[] = [];
    const compareChunk = async (): Promise<void> => {
      const rows = await this.rowsByFolder(chunk.flatMap(({ path }) => known.get(path)?.id ?? []));
      for (const listing of chunk) {
        const changes = compareFolder(
          listing,
          rows.get(known.get(listing.path)?.id ?? '') ?? [],
          TAGS_VERSION,
        );
        gone.push(...changes.gone);
        for (const file of changes.added) appeared.add(renameKey(file));
      }
      chunk = [];
    };
    const start = scope === 'all' ? [''] : scope;
    const descend = (path: string): boolean => scope === 'all' || !known.has(path);
    for await (const step of walk(root, start, descend, signal)) {
      if (step.kind === 'unreadable') {
        unreadable.push({ path: step.path, code: step.code });
        continue;
      }
      const { listing } = step;
      onFolder?.(listing.path);
      visited.add(listing.path);
      seen.add(listing.path);
      if (scope !== 'all') for (const name of listing.subfolders) seen.add(joinPath(listing.path, name));
      if (listing.path === '') rootIsEmpty = listing.files.length === 0 && listing.subfolders.length === 0;
      if (known.get(listing.path)?.fingerprint === fingerprintOf(listing, TAGS_VERSION)) continue;
      // A folder that never held music and holds none now is of no interest.
      if (listing.files.length === 0 && !known.has(listing.path)) continue;
      changed.push(listing.path);
      chunk.push(listing);
      if (chunk.length === CHUNK) await compareChunk();
    }
    await compareChunk();
    const goneFolders = [...known].filter(([path]) => {
      if (unreadable.some((folder) => isBelow(path, folder.path))) return false;
      return scope === 'all' ? !seen.has(path) : isLost(path, scope, seen, visited);
    });
    for (let at = 0; at < goneFolders.length; at += CHUNK)
      gone.push(
        ...(await this.files.findInFolders(goneFolders.slice(at, at + CHUNK).map(([, { id }]) => id))),
      );
    return {
      root: rootIsEmpty ? 'empty' : 'present',
      device,
      inode,
      changed,
      goneFolders: goneFolders.map(([, folder]) => folder),
      gone: gone.filter((file) => file.state !== 'missing'),
      appeared,
      unreadable,
    };
  }

  private async withoutRoot(known: ReadonlyMap<string, KnownFolder>): Promise<Survey> {
    const folders = [...known.values()];
    const gone: KnownFile[] = [];
    for (let at = 0; at < folders.length; at += CHUNK)
      gone.push(...(await this.files.findInFolders(folders.slice(at, at + CHUNK).map(({ id }) => id))));
    return {
      root: 'absent',
      device: null,
      inode: null,
      changed: [],
      goneFolders: folders,
      gone: gone.filter((file) => file.state !== 'missing'),
      appeared: new Set(),
      unreadable: [],
    };
  }

  /** Where a music folder lies; nulls when it is not there. */
  rootOf(root: Buffer): { readonly device: string | null; readonly inode: string | null } {
    const stat = statSync(root, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isDirectory()) return { device: null, inode: null };
    return { device: signed64(stat.dev), inode: signed64(stat.ino) };
  }

  private async rowsByFolder(folderIds: readonly string[]): Promise<Map<string, KnownFile[]>> {
    const rows = new Map<string, KnownFile[]>();
    for (const file of await this.files.findInFolders(folderIds)) {
      const id = file.folderId ?? '';
      const list = rows.get(id);
      if (list === undefined) rows.set(id, [file]);
      else list.push(file);
    }
    return rows;
  }
}

/** In a look at some folders only: itself not there, or not in the listing of a visited parent, or below such a one. */
const isLost = (
  path: string,
  scope: readonly string[],
  seen: ReadonlySet<string>,
  visited: ReadonlySet<string>,
): boolean => {
  for (let at = path; at !== ''; at = parentPath(at)) {
    if (seen.has(at)) return false;
    if (scope.includes(at) || visited.has(parentPath(at))) return true;
  }
  return false;
};
