import { readFile } from 'node:fs/promises';
import { Injectable, Inject } from '@nestjs/common';
import { CatalogWriter, type CatalogEntry } from '../catalog/catalog-writer.js';
import { mergeTrack } from '../catalog/merge.js';
import { Database } from '../database/database.js';
import { JobQueue } from '../jobs/job-queue.js';
import { PRIORITY } from '../jobs/job-map.js';
import { guessText } from '../media/encodings.js';
import { guessFromPath } from '../media/guess-from-path.js';
import type { MediaError } from '../media/media-error.js';
import type { TagReading } from '../media/tag-reader-pool.js';
import type { FileTags } from '../media/track-tags.js';
import { FileRepository, type FileWrite } from './file.repository.js';
import { displayName } from './file-names.js';
import type { KnownFile } from './folder-changes.js';
import {
  NOTHING_READ,
  TAGS_VERSION,
  intentFor,
  withPathGuess,
  withSidecarLyrics,
  type Reject,
} from './intake-rules.js';
import { absolutePath, type SeenFile } from './walk.js';

/** Reads tags in a process that may die of them: one reading a path, in their order. */
export interface TagSource {
  read(paths: readonly Buffer[]): Promise<readonly TagReading[]>;
}
export const TAG_SOURCE = Symbol('kanade:tag-source');

export interface IntakeItem {
  /** Below the root, bytes in a latin1 string. */
  readonly path: string;
  readonly folder: { readonly id: string; readonly path: string };
  readonly file: SeenFile;
  readonly id: string;
  readonly known: KnownFile | null;
  readonly sameBytes: boolean;
  readonly lyricsPaths: readonly string[];
  /** The pictures or texts beside it changed. */
  readonly besideChanged: boolean;
}

/** How a folder was when it was taken in. */
export interface TakenFolder {
  readonly id: string;
  readonly fingerprint: string | null;
  readonly besideFingerprint: string;
}

export interface IntakeBatch {
  readonly libraryId: string;
  readonly root: Buffer;
  readonly newFolders: readonly { readonly id: string; readonly path: string }[];
  readonly items: readonly IntakeItem[];
  readonly returned: readonly string[];
  /** Folders whose last file is in this batch. */
  readonly complete: readonly TakenFolder[];
}

interface ReadItem {
  readonly item: IntakeItem;
  readonly found: FileTags | null;
  readonly reject: Reject | null;
}

const LYRICS_BYTES = 256 * 1024;

/** The first pass of a batch of files: tags read outside, then rows, catalogue and jobs in one transaction. */
@Injectable()
export class Intake {
  constructor(
    private readonly db: Database,
    private readonly files: FileRepository,
    private readonly catalog: CatalogWriter,
    private readonly jobs: JobQueue,
    @Inject(TAG_SOURCE) private readonly tags: TagSource,
  ) {}

  async read(batch: IntakeBatch): Promise<ReadItem[]> {
    const whole = batch.items.filter((item) => item.file.sizeBytes > 0);
    const readings = await this.tags.read(whole.map((item) => absolutePath(batch.root, item.path)));
    const empty = batch.items.filter((item) => item.file.sizeBytes === 0);
    return [
      ...empty.map((item) => ({
        item,
        found: null,
        reject: { code: 'EMPTY_FILE', reason: 'The file is empty.' },
      })),
      ...whole.map((item, index) => toReadItem(item, readings[index])),
    ];
  }

  async write(batch: IntakeBatch, read: readonly ReadItem[]): Promise<void> {
    const heard = await Promise.all(
      read.filter(({ reject }) => reject === null).map((one) => toEntry(batch, one)),
    );
    await this.db.transaction(async (tx) => {
      await this.files.saveFolders(batch.libraryId, batch.newFolders, tx);
      await this.files.saveFiles(batch.libraryId, read.map(toWrite), tx);
      await this.catalog.upsert(heard, tx);
      await this.catalog.setAvailable(
        read.filter(({ reject, item }) => reject !== null && item.known !== null).map(({ item }) => item.id),
        false,
        tx,
      );
      const pending = await this.files.markReturned(batch.returned, tx);
      await this.catalog.setAvailable(batch.returned, true, tx);
      const analyse = read
        .filter(
          ({ item, reject }) =>
            reject === null && (item.besideChanged || intentFor(item.known, item.sameBytes).analyse),
        )
        .map(({ item }) => item.id);
      await this.jobs.enqueueMany(
        'ingest.analyse',
        [...analyse, ...pending].map((fileId) => ({ fileId })),
        { tx, priority: PRIORITY.fresh },
      );
      await this.files.saveFingerprints(withoutUnread(batch, read), tx);
    });
  }
}

const toReadItem = (item: IntakeItem, reading: TagReading | undefined): ReadItem => {
  if (reading !== undefined && 'file' in reading) return { item, found: reading.file, reject: null };
  // Tags that nobody can read are no reason to refuse the music: the second pass decides by decoding it.
  return { item, found: null, reject: reading === undefined ? null : rejectFor(reading.error) };
};

const rejectFor = ({ code, message }: MediaError): Reject | null =>
  code === 'UNREADABLE' ? { code, reason: message } : null;

const toWrite = ({ item, reject }: ReadItem): FileWrite => ({
  id: item.id,
  folderId: item.folder.id,
  path: item.path,
  file: item.file,
  state: reject === null ? intentFor(item.known, item.sameBytes).state : 'rejected',
  reject,
  // A file that could not be opened is tried again at every scan: permissions are not seen by size and time.
  tagsVersion: reject?.code === 'UNREADABLE' ? 0 : TAGS_VERSION,
  isKnown: item.known !== null,
  sameBytes: item.sameBytes,
});

const toEntry = async (batch: IntakeBatch, { item, found }: ReadItem): Promise<CatalogEntry> => {
  const read = await Promise.all(item.lyricsPaths.map((path) => readText(absolutePath(batch.root, path))));
  const texts = read.filter((text) => text !== null);
  const shown = displayName(item.path);
  const tags = withSidecarLyrics(withPathGuess(found?.tags ?? NOTHING_READ, guessFromPath(shown)), texts);
  const folders = shown.split('/');
  const fileName = folders.pop() ?? '';
  return {
    fileId: item.id,
    track: mergeTrack(tags, { libraryId: batch.libraryId, folders, fileName }),
    // What was measured of known bytes is better than the header's word.
    format: item.known === null ? (found?.format ?? null) : null,
  };
};

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARK = Buffer.from([0xff, 0xfe]);

const readText = async (path: Buffer): Promise<string | null> => {
  try {
    const bytes = (await readFile(path)).subarray(0, LYRICS_BYTES);
    if (bytes.subarray(0, 2).equals(UTF16_MARK)) return bytes.subarray(2).toString('utf16le');
    const isMarked = bytes.subarray(0, 3).equals(UTF8_MARK);
    return guessText(bytes.subarray(isMarked ? UTF8_MARK.length : 0).toString('latin1')).text;
  } catch {
    // A text beside the track that is gone or unreadable is no reason to stop.
    return null;
  }
};

const withoutUnread = (batch: IntakeBatch, read: readonly ReadItem[]): IntakeBatch['complete'] => {
  const unread = new Set(
    read.filter(({ reject }) => reject?.code === 'UNREADABLE').map(({ item }) => item.folder.id),
  );
  return batch.complete.map((folder) => (unread.has(folder.id) ? { ...folder, fingerprint: null } : folder));
};
