import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/database/database.js';
import { Notifier } from '../../src/database/notifier.js';
import { Analyser } from '../../src/ingest/analyser.js';
import { Covers } from '../../src/ingest/covers.js';
import { ForgottenFiles } from '../../src/ingest/forgotten-files.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LibraryRepository } from '../../src/libraries/library.repository.js';
import { renderArtwork } from '../../src/media/artwork.js';
import { LADDER } from '../../src/media/ladder.js';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { FolderStore } from '../../src/storage/folder-store.js';
import { makeScanner, makeWriters } from '../support/catalog.js';
import { TestEncoders } from '../support/encoders.js';
import { FaultyQueries, QUERY_FAULTS, type QueryFault } from '../support/faulty-queries.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { PacketDecoder, titleTags } from '../support/packet-files.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';
import { untrueRenditions } from '../support/untrue-renditions.js';

/** `npm run test:long` goes on to the first run in which nothing fails any more. */
const MOST = Number(process.env['KANADE_FAULT_SWEEP'] ?? '40');
const going = new AbortController().signal;

describe('a database that is lost at any query', () => {
  let test: TestDatabase;
  let jobs: JobQueue;
  let db: Database;
  let notifier: Notifier;
  const faults = new FaultyQueries();
  beforeAll(async () => {
    test = await testDatabase();
    jobs = new JobQueue(test.url);
    await jobs.start();
    db = await faults.open(test.url);
    notifier = new Notifier(test.db);
  });
  afterAll(async () => {
    await notifier.onModuleDestroy();
    await faults.close();
    await jobs.onModuleDestroy();
    await test.close();
  });
  afterEach(() => faults.heal());

  /** @returns how many queries were lost before a run that needed none of them any more */
  const sweep = async (run: (query: number) => Promise<boolean>): Promise<number> => {
    let lost = 0;
    while (lost < MOST && (await run(lost + 1))) lost++;
    return lost;
  };

  describe('under the scanner', () => {
    let folder: string;
    let libraries: LibraryRepository;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'kanade-query-faults-'));
      mkdirSync(join(folder, 'music'));
      for (const name of ['a', 'b', 'c'])
        writeFileSync(join(folder, 'music', `${name}.flac`), `${name.toUpperCase()}|${name.repeat(3)}`);
      for (const name of ['a', 'b', 'c']) utimesSync(join(folder, 'music', `${name}.flac`), 1e9, 1e9);
      libraries = new LibraryRepository(test.db);
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const takeIn = async (through: Database): Promise<void> => {
      const library = await libraries.ensure(join(folder, 'music'));
      await makeScanner(through, jobs, titleTags).scan(library);
      await new ForgottenFiles(through, jobs).requeue(library.id);
      const store = new FolderStore(join(folder, 'store'));
      const covers = new Covers(through, store, titleTags, { render: renderArtwork });
      const writers = makeWriters(through, titleTags, { jobs, notifier });
      const analyser = new Analyser(through, new PacketDecoder(), covers, writers);
      for (const { id } of await through.query<{ id: string }>('SELECT id FROM files ORDER BY path'))
        await analyser.analyse(id, going);
    };

    /** As somebody who counts by hand would say it. */
    const truth = () =>
      test.db.query(
        `SELECT (SELECT count(*)::int FROM files WHERE state = 'ready') AS ready,
                (SELECT count(*)::int FROM files) AS files, (SELECT count(*)::int FROM tracks) AS tracks,
                (SELECT count(*)::int FROM tracks WHERE sample_count IS NOT NULL) AS measured,
                (SELECT array_agg(track_count) FROM albums) AS albums,
                (SELECT array_agg(track_count) FROM artists) AS artists,
                (SELECT count(DISTINCT singleton_key)::int FROM pgboss.job WHERE name = 'transcode.track') AS jobs`,
      );

    /** Whatever happened, no file waits without a job, and none is said to be ready that was not measured. */
    const broken = () =>
      test.db.query(
        `SELECT display_path, state FROM files f
          WHERE state = 'pending' AND NOT EXISTS (SELECT FROM pgboss.job j WHERE j.singleton_key = f.id::text)
             OR state = 'ready' AND NOT EXISTS (SELECT FROM tracks t WHERE t.file_id = f.id AND sample_count > 0)`,
      );

    it.each(QUERY_FAULTS)(
      'takes every file in once, and none is forgotten (%s)',
      async (fault) => {
        const lost = await sweep(async (query) => {
          await test.db.query('TRUNCATE libraries, albums, artists, genres, artworks CASCADE');
          await test.db.query('DELETE FROM pgboss.job');
          faults.failAt(query, fault);
          await takeIn(db).catch(() => undefined);
          const { hasFailed } = faults;
          expect(await broken()).toEqual([]);
          faults.heal();
          await takeIn(db);
          expect(await truth()).toEqual([
            { ready: 3, files: 3, tracks: 3, measured: 3, albums: [3], artists: [3], jobs: 3 },
          ]);
          return hasFailed;
        });
        expect(lost).toBeGreaterThan(20);
      },
      60_000 + MOST * 1000,
    );
  });

  describe('under the encoders', () => {
    let tones: ToneFolder;
    let tools: FfmpegTools;
    let encoders: TestEncoders;
    let trackId: string;
    beforeAll(async () => {
      tools = await findFfmpeg();
      tones = await ToneFolder.create();
      const path = await tones.wav('song.wav', { seconds: 1, noise: 0.1 });
      trackId = (await addMeasuredTrack(test.db, tools, path)).trackId;
      encoders = new TestEncoders(db, tools);
    });
    afterAll(async () => {
      await encoders.close();
      await tones.remove();
    });

    /** One rung is enough: each of them takes the same way. */
    const queue = async (): Promise<void> =>
      encoders.renditions.queue(
        await encoders.sources.get(trackId),
        LADDER.filter(({ name }) => name === 'opus-160'),
      );
    const states = async (): Promise<readonly string[]> =>
      (await encoders.renditions.findOfTracks([trackId])).map(({ state }) => state);

    const encodeWith = async (query: number, fault: QueryFault): Promise<boolean> => {
      await test.db.query('DELETE FROM renditions');
      await queue();
      faults.failAt(query, fault);
      const encode = (): Promise<void> => encoders.ladder('lazy').encodeTrack(trackId, going);
      await encode().catch(() => undefined);
      const { hasFailed } = faults;
      faults.heal();
      expect(await untrueRenditions(test, tools, encoders.store)).toEqual([]);
      // The lease of what could not even be given back runs out.
      await test.db.query("UPDATE renditions SET lease_expires_at = now() - interval '1 s'");
      await encode();
      expect(await states()).toEqual(['ready']);
      expect(await untrueRenditions(test, tools, encoders.store)).toEqual([]);
      return hasFailed;
    };

    it.each(QUERY_FAULTS)(
      'never has a row say ready for what is not there, and the next attempt succeeds (%s)',
      async (fault) => {
        expect(await sweep((query) => encodeWith(query, fault))).toBeGreaterThan(10);
      },
      60_000 + MOST * 5000,
    );
  });
});
