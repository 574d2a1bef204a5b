import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, rm, utimes } from 'node:fs/promises';
import type { Analyser } from '../../src/ingest/analyser.js';
import type { JobQueue } from '../../src/jobs/job-queue.js';
import type { FfmpegTools } from '../../src/media/find-ffmpeg.js';
import type { TestEncoders } from '../support/encoders.js';
import { FaultySpawns, SPAWN_FAULTS, type SpawnFault } from '../support/faulty-spawns.js';
import type { TestDatabase } from '../support/postgres.js';
import type { ToneFolder } from '../support/tones.js';

const faults = new FaultySpawns();
faults.install();
// Whatever starts programs is read after that.
const { findFfmpeg } = await import('../../src/media/find-ffmpeg.js');
const { hashAudio, measure } = await import('../../src/media/facts.js');
const { LADDER } = await import('../../src/media/ladder.js');
const { versionsOfTools } = await import('../../src/media/sound-facts.js');
const { Notifier } = await import('../../src/database/notifier.js');
const { Analyser: RealAnalyser } = await import('../../src/ingest/analyser.js');
const { Covers } = await import('../../src/ingest/covers.js');
const { JobQueue: RealJobQueue } = await import('../../src/jobs/job-queue.js');
const { LibraryRepository } = await import('../../src/libraries/library.repository.js');
const { renderArtwork } = await import('../../src/media/artwork.js');
const { makeScanner, makeWriters } = await import('../support/catalog.js');
const { TestEncoders: RealEncoders } = await import('../support/encoders.js');
const { silentTags } = await import('../support/packet-files.js');
const { testDatabase } = await import('../support/postgres.js');
const { ToneFolder: RealToneFolder } = await import('../support/tones.js');
const { untrueRenditions } = await import('../support/untrue-renditions.js');

const going = new AbortController().signal;
const RUNGS = LADDER.filter(({ name }) => name === 'opus-96' || name === 'opus-160');

describe('a system that starts no more programs, or kills them', () => {
  let test: TestDatabase;
  let tools: FfmpegTools;
  let tones: ToneFolder;
  let jobs: JobQueue;
  let encoders: TestEncoders;
  let analyser: Analyser;
  beforeAll(async () => {
    test = await testDatabase();
    jobs = new RealJobQueue(test.url);
    await jobs.start();
    tools = await findFfmpeg();
    tones = await RealToneFolder.create();
    await mkdir(tones.path('music'));
    // Six channels: the encoders ask for their places first.
    await tones.wav('music/song.wav', { seconds: 1, noise: 0.1, channels: 6 });
    encoders = new RealEncoders(test.db, tools);
    const library = await new LibraryRepository(test.db).ensure(tones.path('music'));
    await utimes(tones.path('music/song.wav'), 1e9, 1e9);
    await makeScanner(test.db, jobs, silentTags).scan(library);
    const covers = new Covers(test.db, encoders.store, silentTags, { render: renderArtwork });
    analyser = new RealAnalyser(
      test.db,
      {
        versions: versionsOfTools(tools),
        measure: (path) => measure(tools, path),
        hashAudio: (path) => hashAudio(tools, path),
      },
      covers,
      makeWriters(test.db, silentTags, { jobs, notifier: new Notifier(test.db) }),
    );
  });
  afterAll(async () => {
    faults.remove();
    await encoders.close();
    await jobs.onModuleDestroy();
    await rm(tones.folder, { recursive: true });
    await test.close();
  });

  const fileIs = () =>
    test.db.first<{ id: string; state: string; reason: string | null; trackId: string }>(
      `SELECT f.id, f.state, reject_reason AS reason, t.id AS "trackId"
         FROM files f LEFT JOIN tracks t ON t.file_id = f.id`,
    );

  const measureWith = async (program: number, fault: SpawnFault, isLast: boolean): Promise<boolean> => {
    await test.db.query(
      `UPDATE files SET state = 'pending', facts_version = 0, audio_hash = NULL, reject_code = NULL, reject_reason = NULL`,
    );
    const { id = '' } = (await fileIs()) ?? {};
    faults.failAt(program, fault);
    const trying = await analyser.analyse(id, going, isLast).then(
      () => 'done',
      () => 'failed',
    );
    const { hasFailed } = faults;
    faults.heal();
    const after = await fileIs();
    if (!hasFailed) expect(after?.state).toBe('ready');
    else if (isLast)
      expect(after).toMatchObject({ state: 'rejected', reason: expect.stringMatching(/^[A-Z].*\.$/) });
    else expect([trying, after?.state]).toEqual(['failed', 'pending']);
    await analyser.analyse(id, going);
    expect((await fileIs())?.state).toBe('ready');
    return hasFailed;
  };

  it.each(SPAWN_FAULTS)('rejects no good file for it, unless it happens each time (%s)', async (fault) => {
    for (const isLast of [false, true]) {
      let failed = 0;
      while (await measureWith(failed + 1, fault, isLast)) failed++;
      expect(failed).toBeGreaterThan(1);
    }
  });

  it.each(SPAWN_FAULTS)(
    'gives a rendition back with the reason, and the next attempt succeeds (%s)',
    async (fault) => {
      const { trackId = '' } = (await fileIs()) ?? {};
      const source = await encoders.sources.get(trackId);
      const rows = () => encoders.renditions.findOfTracks([trackId]);
      const encode = (): Promise<void> => encoders.ladder('lazy').encodeTrack(trackId, going);
      let failed = 0;
      for (let hasFailed = true; hasFailed; failed += hasFailed ? 1 : 0) {
        await encoders.renditions.queue(source, RUNGS);
        faults.failAt(failed + 1, fault);
        await encode().catch(() => undefined);
        ({ hasFailed } = faults);
        faults.heal();
        if (hasFailed)
          for (const row of await rows())
            expect(row).toMatchObject({
              state: 'queued',
              error: expect.stringMatching(/killed or could not/),
            });
        await encode();
        expect((await rows()).map(({ state }) => state)).toEqual(['ready', 'ready']);
        expect(await untrueRenditions(test, tools, encoders.store)).toEqual([]);
        await test.db.query('DELETE FROM renditions');
      }
      expect(failed).toBeGreaterThan(1);
    },
  );
});
