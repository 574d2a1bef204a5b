import { Injectable } from '@nestjs/common';
import { log } from '../common/log.js';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { Library } from '../libraries/library.entity.js';
import { FileRepository, type KnownFolder } from './file.repository.js';
import { isCueName, lyricsNames } from './file-names.js';
import { compareFolder, renameKey, Settling, type KnownFile } from './folder-changes.js';
import { Intake, type IntakeItem } from './intake.js';
import { IntakeQueue } from './intake-queue.js';
import { TAGS_VERSION } from './intake-rules.js';
import { CONFIRMED, holdFor } from './loss-rules.js';
import { Losses } from './losses.js';
import { Moves } from './moves.js';
import { Surveyor, type ScanScope, type Survey } from './survey.js';
import { UnreadableFolders, type UnreadableFolder } from './unreadable-folders.js';
import {
  besideFingerprintOf,
  fingerprintOf,
  joinPath,
  walk,
  type FolderListing,
  type WalkStep,
} from './walk.js';

export interface ScanOptions {
  readonly scope?: ScanScope;
  readonly signal?: AbortSignal;
  /** Told of every folder that is there. */
  readonly onFolder?: ((path: string) => void) | undefined;
  /** Called often: after each batch. */
  readonly onProgress?: () => void;
}

export interface ScanResult {
  readonly outcome: 'done' | 'held';
  /** Folders with a file that was written a moment ago: to be looked at again. */
  readonly unsettled: readonly string[];
  readonly taken: number;
  readonly missing: number;
}

/** The first pass over one library. One at a time each library: the caller holds its lock. */
@Injectable()
export class Scanner {
  private readonly settling = new Settling();

  constructor(
    private readonly db: Database,
    private readonly files: FileRepository,
    private readonly surveyor: Surveyor,
    private readonly intake: Intake,
    private readonly losses: Losses,
    private readonly unreadable: UnreadableFolders,
  ) {}

  async scan(library: Library, options: ScanOptions = {}): Promise<ScanResult> {
    const known = await this.files.findFolders(library.id);
    const present = known.size === 0 ? 0 : await this.files.countPresent(library.id);
    if (present === 0 && library.heldCode === null) return this.takeAll(library, known, options);
    const survey = await this.surveyor.survey(library.root, known, options);
    const moves = new Moves(survey.gone, survey.appeared);
    if (await this.isHeld(library, survey, present, moves.lost.length))
      return { outcome: 'held', unsettled: [], taken: 0, missing: 0 };
    await this.losses.markMissing(moves.lost);
    const { unreadable, ...result } = await this.takeFolders(
      library,
      known,
      moves,
      listed(library.root, survey.changed),
      options,
    );
    await this.losses.markMissing(moves.unclaimed());
    await this.forget(survey.goneFolders);
    await this.finish(library, survey, [...survey.unreadable, ...unreadable], options);
    return { ...result, missing: moves.lost.length };
  }

  /** Nothing is known, so nothing can be lost: music appears while the walk goes on. */
  private async takeAll(
    library: Library,
    known: ReadonlyMap<string, KnownFolder>,
    options: ScanOptions,
  ): Promise<ScanResult> {
    const start = options.scope === undefined || options.scope === 'all' ? [''] : options.scope;
    const steps = walk(library.root, start, () => true, options.signal);
    const { unreadable, ...result } = await this.takeFolders(
      library,
      known,
      new Moves([], new Set()),
      steps,
      options,
    );
    await this.finish(library, this.surveyor.rootOf(library.root), unreadable, options);
    return { ...result, missing: 0 };
  }

  private async takeFolders(
    library: Library,
    known: ReadonlyMap<string, KnownFolder>,
    moves: Moves,
    steps: AsyncIterable<WalkStep>,
    options: ScanOptions,
  ): Promise<Omit<ScanResult, 'missing'> & Pick<Survey, 'unreadable'>> {
    const queue = new IntakeQueue(this.intake, library, options.onProgress);
    const unsettled: string[] = [];
    const unreadable: UnreadableFolder[] = [];
    try {
      for await (const step of steps) {
        options.signal?.throwIfAborted();
        if (step.kind === 'unreadable') {
          unreadable.push(step);
          continue;
        }
        const { listing } = step;
        options.onFolder?.(listing.path);
        const folder = known.get(listing.path);
        if (folder === undefined && listing.files.length === 0) continue;
        if (!(await this.takeFolder(queue, listing, folder, moves))) unsettled.push(listing.path);
      }
      await queue.end();
    } finally {
      await queue.settle();
    }
    return { outcome: 'done', unsettled, unreadable, taken: queue.taken };
  }

  /** @returns whether every file of the folder had settled. */
  private async takeFolder(
    queue: IntakeQueue,
    listing: FolderListing,
    known: KnownFolder | undefined,
    moves: Moves,
  ): Promise<boolean> {
    const rows = known === undefined ? [] : await this.files.findInFolders([known.id]);
    const changes = compareFolder(listing, rows, TAGS_VERSION);
    const folder = { id: known?.id ?? newId(), path: listing.path };
    if (known === undefined) queue.addFolder(folder);
    const names = new Set(listing.sidecars.map((file) => file.name));
    const hasSheet = listing.sidecars.some((file) => isCueName(file.name));
    const itemOf = (
      file: IntakeItem['file'],
      row: KnownFile | null,
      sameBytes: boolean,
      besideChanged = false,
    ): IntakeItem => ({
      path: joinPath(listing.path, file.name),
      folder,
      file,
      id: row?.id ?? newId(),
      known: row,
      sameBytes,
      lyricsPaths: lyricsNames(file.name, names).map((name) => joinPath(listing.path, name)),
      // Moved to a sheet, or away from one: the second pass looks which tracks it makes.
      besideChanged: besideChanged || hasSheet || row?.isCut === true,
    });
    const items = [
      ...changes.added.map((file) => {
        const renamed = moves.claim(renameKey(file));
        return itemOf(file, renamed, renamed !== null);
      }),
      ...changes.changed.map(({ known: row, file }) => itemOf(file, row, renameKey(row) === renameKey(file))),
    ];
    const besideFingerprint = besideFingerprintOf(listing);
    // Pictures or texts changed: the tracks beside them are read again, their sound is not.
    const isBesideChanged =
      known !== undefined && known.besideFingerprint !== null
        ? known.besideFingerprint !== besideFingerprint
        : items.length === 0 && changes.returned.length === 0 && known?.fingerprint != null;
    if (isBesideChanged) {
      const byPath = new Map(rows.map((row) => [row.path, row]));
      const taken = new Set(items.map(({ id }) => id));
      for (const file of listing.files) {
        const row = byPath.get(joinPath(listing.path, file.name));
        if (row !== undefined && row.state !== 'rejected' && !taken.has(row.id))
          items.push(itemOf(file, row, true, true));
      }
    }
    const now = Date.now();
    let settled = true;
    for (const item of items) {
      const ready = item.sameBytes || this.settling.hasSettled(item.path, item.file, now);
      settled &&= ready;
      if (ready) await queue.add(item);
    }
    for (const file of changes.returned) queue.addReturned(file.id);
    await queue.complete({
      id: folder.id,
      fingerprint: settled ? fingerprintOf(listing, TAGS_VERSION) : null,
      besideFingerprint,
    });
    return settled;
  }

  private async isHeld(library: Library, survey: Survey, known: number, gone: number): Promise<boolean> {
    if (library.heldCode === CONFIRMED) return false;
    const hold = holdFor({
      known,
      gone,
      root: survey.root,
      onOtherDevice:
        library.rootDevice !== null && survey.device !== null && library.rootDevice !== survey.device,
    });
    if (hold === null) return false;
    log.warn({ library: library.name, code: hold.code }, hold.reason);
    await this.db.query('UPDATE libraries SET held_code = $2, held_reason = $3 WHERE id = $1', [
      library.id,
      hold.code,
      hold.reason,
    ]);
    return true;
  }

  /** Should the folder come back, it is looked through anew. */
  private async forget(folders: readonly KnownFolder[]): Promise<void> {
    if (folders.length > 0)
      await this.db.transaction((tx) =>
        this.files.forgetFolders(
          folders.map(({ id }) => id),
          tx,
        ),
      );
  }

  private async finish(
    library: Library,
    root: Pick<Survey, 'device' | 'inode'>,
    unreadable: readonly UnreadableFolder[],
    { scope = 'all' }: ScanOptions,
  ): Promise<void> {
    await this.unreadable.save(library, unreadable, scope);
    await this.db.query(
      `UPDATE libraries SET held_code = NULL, held_reason = NULL, last_scanned_at = now(),
         root_device = coalesce($2, root_device), root_inode = coalesce($3, root_inode) WHERE id = $1`,
      [library.id, root.device, root.inode],
    );
  }
}

async function* listed(root: Buffer, paths: readonly string[]): AsyncGenerator<WalkStep> {
  for (const path of paths) yield* walk(root, [path], () => false);
}
