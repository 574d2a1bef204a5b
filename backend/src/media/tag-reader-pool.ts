import { fileURLToPath } from 'node:url';
import { type ChildLaunch, KillableChild } from './killable-child.js';
import { MediaError } from './media-error.js';
import type { PathBytes } from './readable-path.js';
import { ServedFiles } from './served-files.js';
import type { BatchAnswer, ReadAnswer, ReadBatch } from './tag-reader-messages.js';
import type { FileTags } from './track-tags.js';

export type TagReading = { readonly file: FileTags } | { readonly error: MediaError };

export interface TagReaderOptions {
  readonly children?: number;
  readonly heapMb?: number;
  /** For a file alone, and for a batch of them. */
  readonly timeoutMs?: number;
  /** Another program for the child, for tests that run from source. */
  readonly child?: ChildLaunch;
}

/** Enough files a message that the channel costs little, few enough that one bad file delays few others. */
const BATCH_FILES = 48;
const DEFAULTS = { children: 1, heapMb: 128, timeoutMs: 10_000 };
/** A batch of covers, four at once, passes through it; a bomb does not. */
const RESIDENT_MB = 224;

const COMPLAINTS = {
  died: 'This file brings the reader of tags down.',
  tooLarge: 'The tags of this file are too large.',
  timedOut: 'This file keeps the reader of tags busy without end.',
};

interface Job {
  readonly batch: ReadBatch;
  readonly done: (answers: readonly ReadAnswer[]) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Reads tags in child processes, since a parser can hang or die of a file. Whoever makes it closes it. A file that
 * does so is reported as that file's error; the others of its batch are read again one by one.
 */
export class TagReaderPool {
  private readonly readers: KillableChild<ReadBatch, BatchAnswer>[];
  private readonly waiting: Job[] = [];
  private isClosed = false;

  constructor(options: TagReaderOptions = {}) {
    const { children, heapMb, timeoutMs } = { ...DEFAULTS, ...options };
    const child = options.child ?? {
      file: fileURLToPath(new URL('./tag-reader-child.js', import.meta.url)),
      execArgv: [],
    };
    const limits = { heapMb, residentMb: RESIDENT_MB, timeoutMs, nativeCode: false };
    this.readers = Array.from({ length: children }, () => new KillableChild(child, limits, COMPLAINTS));
  }

  /** One reading a path, in their order; never rejects for a file's sake. Pictures come along only when asked for. */
  async read(
    paths: readonly PathBytes[],
    options: { readonly pictures?: boolean } = {},
  ): Promise<TagReading[]> {
    const pictures = options.pictures === true;
    const batches = Array.from({ length: Math.ceil(paths.length / BATCH_FILES) }, (_, index) =>
      paths.slice(index * BATCH_FILES, (index + 1) * BATCH_FILES).map((path) => Buffer.from(path)),
    );
    const readings = await Promise.all(batches.map((batch) => this.readBatch({ paths: batch, pictures })));
    return readings.flat();
  }

  /** Ends the children; what was being read is reported as READER_DIED. */
  close(): void {
    this.isClosed = true;
    for (const reader of this.readers) reader.close();
    for (const job of this.waiting.splice(0)) job.failed(closed());
  }

  private async readBatch(batch: ReadBatch): Promise<TagReading[]> {
    try {
      return (await this.enqueue(batch)).map(toReading);
    } catch (error) {
      if (batch.paths.length === 1 || this.isClosed)
        return batch.paths.map(() => ({ error: asMediaError(error) }));
      const { pictures } = batch;
      const alone = await Promise.all(batch.paths.map((path) => this.readBatch({ paths: [path], pictures })));
      return alone.flat();
    }
  }

  private enqueue(batch: ReadBatch): Promise<readonly ReadAnswer[]> {
    return new Promise((done, failed) => {
      if (this.isClosed) return failed(closed());
      this.waiting.push({ batch, done, failed });
      this.dispatch();
    });
  }

  private dispatch(): void {
    const reader = this.readers.find(({ isBusy }) => !isBusy);
    const job = reader === undefined ? undefined : this.waiting.shift();
    if (reader === undefined || job === undefined) return;
    const files = new ServedFiles(job.batch.paths.map((path) => Buffer.from(path)));
    reader
      .ask(job.batch, files.serve)
      .finally(() => files.close())
      .then(({ answers }) => job.done(answers), job.failed)
      .finally(() => this.dispatch());
    this.dispatch();
  }
}

const toReading = (answer: ReadAnswer): TagReading =>
  'file' in answer ? answer : { error: new MediaError(answer.error.code, answer.error.message) };

const asMediaError = (error: unknown): MediaError =>
  error instanceof MediaError
    ? error
    : new MediaError('READER_DIED', 'The reader of tags could not be started.', { cause: error });

const closed = (): MediaError => new MediaError('READER_DIED', 'The reader of tags was closed.');
