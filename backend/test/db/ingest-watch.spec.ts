import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Notifier } from '../../src/database/notifier.js';
import { FileRepository } from '../../src/ingest/file.repository.js';
import type { TagSource } from '../../src/ingest/intake.js';
import { LibraryProgress } from '../../src/ingest/library-progress.js';
import { LibraryStatusService } from '../../src/ingest/library-status.service.js';
import { ScanService } from '../../src/ingest/scan.service.js';
import { Surveyor } from '../../src/ingest/survey.js';
import { WatchService } from '../../src/ingest/watch.service.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LibraryRepository } from '../../src/libraries/library.repository.js';
import { MediaError } from '../../src/media/media-error.js';
import type { TagReading } from '../../src/media/tag-reader-pool.js';
import { eventually } from '../support/client.js';
import { makeScanner } from '../support/catalog.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

/** Stands in for the tag reader's child: dies so many times, then finds that nothing is sound. */
class MortalReader implements TagSource {
  deaths = 0;

  read(paths: readonly Buffer[]): Promise<readonly TagReading[]> {
    if (this.deaths > 0) {
      this.deaths -= 1;
      return Promise.reject(new Error('killed'));
    }
    return Promise.resolve(paths.map(() => ({ error: new MediaError('UNREADABLE', 'It is no sound.') })));
  }
}

describe('a watched music folder', () => {
  let test: TestDatabase;
  let jobs: JobQueue;
  let notifier: Notifier;
  let libraries: LibraryRepository;
  let progress: LibraryProgress;
  let watch: WatchService;
  let reader: MortalReader;
  let music: string;
  let libraryId: string;

  beforeAll(async () => {
    test = await testDatabase();
    jobs = new JobQueue(test.url);
    await jobs.start();
    notifier = new Notifier(test.db);
    libraries = new LibraryRepository(test.db);
  });
  afterAll(async () => {
    await notifier.onModuleDestroy();
    await jobs.onModuleDestroy();
    await test.close();
  });
  beforeEach(async () => {
    reader = new MortalReader();
    progress = new LibraryProgress(new LibraryStatusService(test.db, jobs, libraries), notifier);
    const scans = new ScanService(test.db, libraries, makeScanner(test.db, jobs, reader), progress);
    watch = new WatchService(libraries, jobs, scans, new Surveyor(new FileRepository(test.db)));
    music = mkdtempSync(join(tmpdir(), 'kanade-watched-'));
    libraryId = (await libraries.ensure(music)).id;
  });
  afterEach(() => {
    watch.stop();
    progress.onModuleDestroy();
    rmSync(music, { recursive: true, force: true });
  });

  /** Written a minute ago, so that nobody waits for it to settle. */
  const put = (name: string): void => {
    const path = join(music, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name);
    const at = Date.now() / 1000 - 60;
    utimesSync(path, at, at);
  };
  const paths = async (): Promise<string[]> =>
    (
      await test.db.query<{ path: string }>(
        'SELECT display_path AS path FROM files WHERE library_id = $1 ORDER BY path',
        [libraryId],
      )
    ).map(({ path }) => path);

  it('shows what came into it although its scan failed, and nothing there changed again', async () => {
    put('a.mp3');
    await watch.scan(libraryId, new AbortController().signal);
    expect(await paths()).toEqual(['a.mp3']);
    reader.deaths = 1;
    put('new/b.mp3');
    await eventually(paths, (seen) => seen.includes('new/b.mp3'), 20_000);
    expect(reader.deaths).toBe(0);
  });
});
