import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SoundWriter } from '../../src/catalog/sound-writer.js';
import { AlbumReads } from '../../src/catalog/album-reads.js';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { Notifier } from '../../src/database/notifier.js';
import { Analyser, type Decoder } from '../../src/ingest/analyser.js';
import { Covers } from '../../src/ingest/covers.js';
import { type SoundDecoder, SoundRefresh } from '../../src/ingest/sound-refresh.js';
import { BackgroundGate } from '../../src/jobs/background-gate.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LibraryRepository } from '../../src/libraries/library.repository.js';
import { renderArtwork } from '../../src/media/artwork.js';
import { hashAudio, type KnownSound, measure, remeasure } from '../../src/media/facts.js';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { MediaError } from '../../src/media/media-error.js';
import { type Branch, type SoundVersions, versionsOfTools } from '../../src/media/sound-facts.js';
import { FolderStore } from '../../src/storage/folder-store.js';
import { makeScanner, makeWriters } from '../support/catalog.js';
import { silentTags as tags } from '../support/packet-files.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { SOUND } from '../support/sound.js';
import { toneWav } from '../support/tones.js';

const nothingBetter = new BackgroundGate(() => Promise.resolve(false));
const going = new AbortController().signal;

/** Tells the mono branch otherwise than before, and remembers what it was asked. */
class NextDecoder implements SoundDecoder {
  readonly asked: { readonly path: string; readonly branches: readonly Branch[] }[] = [];
  failure: MediaError | null = null;

  constructor(readonly versions: SoundVersions) {}

  remeasure({ path }: KnownSound, branches: ReadonlySet<Branch>) {
    this.asked.push({ path: path.toString().split('/').at(-1) ?? '', branches: [...branches] });
    if (this.failure !== null) return Promise.reject(this.failure);
    return Promise.resolve({
      pcm: null,
      loudness: null,
      fingerprint: null,
      mono: branches.has('mono') ? { ...SOUND.mono, bpm: 99 } : null,
    });
  }
}

describe('facts of sound that are told in a new way', () => {
  let test: TestDatabase;
  let jobs: JobQueue;
  let notifier: Notifier;
  let good: FfmpegTools;
  let old: FfmpegTools;
  let libraries: LibraryRepository;
  let folder: string;
  let music: string;

  beforeAll(async () => {
    test = await testDatabase();
    jobs = new JobQueue(test.url);
    await jobs.start();
    notifier = new Notifier(test.db);
    libraries = new LibraryRepository(test.db);
    good = await findFfmpeg();
    old = await findFfmpeg({ searchPath: '' });
  });
  afterAll(async () => {
    await notifier.onModuleDestroy();
    await jobs.onModuleDestroy();
    await test.close();
  });
  beforeEach(async () => {
    await test.db.query('TRUNCATE libraries, albums, artists, genres, artworks CASCADE');
    await test.db.query(`DELETE FROM pgboss.job WHERE name = 'ingest.remeasure'`);
    folder = mkdtempSync(join(tmpdir(), 'kanade-remeasure-'));
    music = join(folder, 'music');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const decoderOf = (tools: FfmpegTools): Decoder & SoundDecoder => ({
    versions: versionsOfTools(tools),
    measure: (path, signal) => measure(tools, path, { signal }),
    hashAudio: (path, signal) => hashAudio(tools, path, { signal }),
    remeasure: (sound, branches, signal) => remeasure(tools, sound, branches, { signal, priority: 'idle' }),
  });

  /** A music folder as a worker with this ffmpeg takes it in. */
  const takeIn = async (tools: FfmpegTools, names: readonly string[]): Promise<void> => {
    mkdirSync(music);
    const at = Date.now() / 1000 - 60;
    names.forEach((name, index) => {
      writeFileSync(join(music, name), toneWav({ seconds: 4, frequencyHz: 300 + 50 * index, noise: 0.1 }));
      utimesSync(join(music, name), at, at);
    });
    await makeScanner(test.db, jobs, tags).scan(await libraries.ensure(music));
    const covers = new Covers(test.db, new FolderStore(join(folder, 'store')), tags, {
      render: renderArtwork,
    });
    const writers = makeWriters(test.db, tags, { jobs, notifier });
    const analyser = new Analyser(test.db, decoderOf(tools), covers, writers);
    for (const { id } of await test.db.query<{ id: string }>('SELECT id FROM files ORDER BY path'))
      await analyser.analyse(id, going);
  };

  const refreshWith = (decoder: SoundDecoder): SoundRefresh =>
    new SoundRefresh(test.db, decoder, new SoundWriter(test.db), jobs, nothingBetter);
  const queued = async (): Promise<string[]> => {
    const rows = await test.db.query<{ id: string }>(
      `SELECT data->>'trackId' AS id FROM pgboss.job WHERE name = 'ingest.remeasure' AND state < 'active' ORDER BY created_on, id`,
    );
    return rows.map(({ id }) => id);
  };
  /** As the queue would: each job once, until none is left. */
  const work = async (refresh: SoundRefresh): Promise<number> => {
    for (let done = 0; ; done++) {
      const [next] = await queued();
      if (next === undefined) return done;
      await test.db.query(
        `DELETE FROM pgboss.job WHERE name = 'ingest.remeasure' AND data->>'trackId' = $1`,
        [next],
      );
      await refresh.remeasure(next, going);
    }
  };
  const stored = () =>
    test.db.query(
      `SELECT state, available, track_sound.bpm, versions->'tempo' AS tempo, versions->'fingerprint' AS fingerprint_version,
         length(fingerprint) AS fingerprint_bytes, integrated_lufs IS NOT NULL AS loud
       FROM tracks JOIN files ON files.id = file_id LEFT JOIN track_sound ON track_id = tracks.id ORDER BY files.path`,
    );

  const trackOf = async (name: string): Promise<string | undefined> =>
    (
      await test.db.query<{ id: string }>(
        'SELECT tracks.id FROM tracks JOIN files ON files.id = file_id WHERE display_path = $1',
        [name],
      )
    )[0]?.id;

  it('are told anew in the background, the oldest first, only by the branch that tells them, and the track stays ready', async () => {
    await takeIn(good, ['a.wav', 'b.wav', 'c.wav']);
    await test.db.query(
      `UPDATE track_sound SET looked_at = now() - interval '1 day' * (SELECT CASE display_path WHEN 'b.wav' THEN 9 ELSE 1 END
         FROM tracks JOIN files ON files.id = file_id WHERE tracks.id = track_id)`,
    );
    const next = new NextDecoder({ ...versionsOfTools(good), tempo: 2 });
    const refresh = refreshWith(next);
    const [oldest] = await new SoundWriter(test.db).findStale(next.versions, new Date(), 1);
    expect(oldest).toBe(await trackOf('b.wav'));
    await refresh.begin();
    expect(await queued()).toHaveLength(3);
    expect(await work(refresh)).toBe(3);
    expect(next.asked.map(({ path }) => path).sort()).toEqual(['a.wav', 'b.wav', 'c.wav']);
    expect(new Set(next.asked.flatMap(({ branches }) => branches))).toEqual(new Set(['mono']));
    const ready = { state: 'ready', available: true, bpm: 99, tempo: 2, fingerprint_version: 1, loud: true };
    expect(await stored()).toMatchObject([ready, ready, ready]);
    await refreshWith(next).begin();
    expect(await queued()).toEqual([]);
  });

  it('go on after a stop where they were, and are told once', async () => {
    await takeIn(good, ['a.wav', 'b.wav']);
    const next = new NextDecoder({ ...versionsOfTools(good), key: 2 });
    const first = refreshWith(next);
    await first.begin();
    const [track = ''] = await queued();
    await first.remeasure(track, going);
    await first.remeasure(track, going);
    expect(next.asked).toHaveLength(1);
    await test.db.query(`DELETE FROM pgboss.job WHERE name = 'ingest.remeasure'`);
    const second = refreshWith(next);
    await second.begin();
    expect(await work(second)).toBe(1);
    expect(new Set(next.asked.map(({ path }) => path)).size).toBe(2);
  });

  it('that the fallback ffmpeg could not tell are null, and made up for by a better one', async () => {
    await takeIn(old, ['a.wav']);
    expect(await stored()).toMatchObject([
      { state: 'ready', fingerprint_version: null, fingerprint_bytes: null, loud: true },
    ]);
    const again = refreshWith(decoderOf(old));
    await again.begin();
    expect(await queued()).toEqual([]);
    const better = refreshWith(decoderOf(good));
    await better.begin();
    expect(await work(better)).toBe(1);
    const [row] = await stored();
    expect(row).toMatchObject({ state: 'ready', fingerprint_version: 1, loud: true });
    // And the other way round nothing is lost.
    await again.begin();
    expect(await queued()).toEqual([]);
    expect(await stored()).toEqual([row]);
  });

  it('are told of tracks that were measured before any were kept', async () => {
    await takeIn(good, ['a.wav']);
    await test.db.query('DELETE FROM track_sound');
    const refresh = refreshWith(decoderOf(good));
    await refresh.begin();
    expect(await work(refresh)).toBe(1);
    expect(await stored()).toMatchObject([{ tempo: 1, fingerprint_version: 1 }]);
  });

  it('never cost a track its readiness: one that no longer decodes keeps what was told of it', async () => {
    await takeIn(good, ['a.wav']);
    const before = await stored();
    const next = new NextDecoder({ ...versionsOfTools(good), tempo: 2 });
    next.failure = new MediaError('UNDECODABLE', 'It is damaged.');
    const refresh = refreshWith(next);
    await refresh.begin();
    expect(await work(refresh)).toBe(1);
    expect(await stored()).toEqual(before);
    await refreshWith(next).begin();
    expect(await queued()).toEqual([]);
  });

  it('wait for a file that is out of reach until the next start', async () => {
    await takeIn(good, ['a.wav']);
    renameSync(join(music, 'a.wav'), join(folder, 'away.wav'));
    const next = new NextDecoder({ ...versionsOfTools(good), tempo: 2 });
    const refresh = refreshWith(next);
    await refresh.begin();
    expect(await work(refresh)).toBe(1);
    expect(next.asked).toEqual([]);
    renameSync(join(folder, 'away.wav'), join(music, 'a.wav'));
    const later = refreshWith(next);
    await later.begin();
    expect(await work(later)).toBe(1);
    expect(await stored()).toMatchObject([{ state: 'ready', tempo: 2 }]);
  });

  it('that were stopped in the middle are tried again', async () => {
    await takeIn(good, ['a.wav']);
    const next = new NextDecoder({ ...versionsOfTools(good), tempo: 2 });
    next.failure = new MediaError('CANCELLED', 'The worker stops.');
    const refresh = refreshWith(next);
    await refresh.begin();
    const [track = ''] = await queued();
    await expect(refresh.remeasure(track, going)).rejects.toMatchObject({ code: 'CANCELLED' });
    next.failure = null;
    await refresh.remeasure(track, going);
    expect(await stored()).toMatchObject([{ tempo: 2 }]);
  });

  it('wait for the next start when the system was at its limits each time', async () => {
    await takeIn(good, ['a.wav']);
    const next = new NextDecoder({ ...versionsOfTools(good), tempo: 2 });
    next.failure = new MediaError('SYSTEM_FAULT', 'No memory.');
    const refresh = refreshWith(next);
    await refresh.begin();
    const [track = ''] = await queued();
    await expect(refresh.remeasure(track, going)).rejects.toMatchObject({ code: 'SYSTEM_FAULT' });
    await test.db.query(`DELETE FROM pgboss.job WHERE name = 'ingest.remeasure'`);
    await refresh.remeasure(track, going, true);
    expect(await queued()).toEqual([]);
    await refreshWith(next).begin();
    expect(await queued()).toEqual([track]);
  });

  it('are shown with the track', async () => {
    await takeIn(good, ['a.wav']);
    const [track] = await test.db.query<{ id: string }>('SELECT id FROM tracks');
    const reads = new TrackReads(test.db);
    expect((await reads.getById(track?.id ?? '', null)).sound).toMatchObject({
      leadingSilenceMs: 0,
      trailingSilenceMs: 0,
      clipping: { runs: 0, samples: 0, longestSamples: 0 },
      tempo: null,
    });
    await test.db.transaction((tx) =>
      new SoundWriter(test.db).replace(track?.id ?? '', SOUND, versionsOfTools(good), tx),
    );
    expect(await reads.getById(track?.id ?? '', null)).toMatchObject({
      bpm: 120.5,
      loudness: { integratedLufs: -14, truePeakDbtp: -1 },
      sound: {
        leadingSilenceMs: 10,
        trailingSilenceMs: 0,
        clipping: { runs: 2, samples: 9, longestSamples: 5 },
        cutoff: { hz: 16_100, dropDb: 30.5, verdict: 'lossySource' },
        tempo: { bpm: 120.5, alternativeBpm: 60.25, confidence: 0.75 },
        key: { tonic: 'A', mode: 'minor', confidence: 0.5 },
        energy: 0.625,
      },
    });
    await test.db.query('DELETE FROM track_sound');
    expect((await reads.getById(track?.id ?? '', null)).sound).toBeNull();
  });

  it('make the loudness of an album, once all of its tracks were measured', async () => {
    await takeIn(good, ['a.wav', 'b.wav']);
    const [album] = await test.db.query<{ id: string }>('SELECT id FROM albums WHERE track_count = 2');
    const loudness = async () =>
      (await new AlbumReads(test.db, new TrackReads(test.db)).getById(album?.id ?? '', null)).loudness;
    const tracks = await test.db.query<{ lufs: number; peak: number }>(
      'SELECT integrated_lufs AS lufs, true_peak_dbtp AS peak FROM tracks',
    );
    const told = await loudness();
    expect(told?.integratedLufs).toBeCloseTo(tracks[0]?.lufs ?? 0, 0);
    expect(told?.truePeakDbtp).toBe(Math.max(...tracks.map(({ peak }) => peak)));
    await test.db.query('DELETE FROM track_sound WHERE track_id = (SELECT min(id::text)::uuid FROM tracks)');
    expect(await loudness()).toBeNull();
  });
});
