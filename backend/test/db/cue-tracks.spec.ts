import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SoundWriter } from '../../src/catalog/sound-writer.js';
import { Notifier } from '../../src/database/notifier.js';
import { Analyser } from '../../src/ingest/analyser.js';
import { Covers } from '../../src/ingest/covers.js';
import { LibraryStatusService } from '../../src/ingest/library-status.service.js';
import type { Scanner } from '../../src/ingest/scanner.js';
import { SoundRefresh } from '../../src/ingest/sound-refresh.js';
import type { House } from '../../src/integrity/invariant.js';
import { READY_FILES } from '../../src/integrity/ready-files.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LibraryRepository } from '../../src/libraries/library.repository.js';
import { renderArtwork } from '../../src/media/artwork.js';
import { MediaError } from '../../src/media/media-error.js';
import type { TagReading } from '../../src/media/tag-reader-pool.js';
import { readTags } from '../../src/media/tags.js';
import { hashAudio, measure, remeasure } from '../../src/media/facts.js';
import { LADDER } from '../../src/media/ladder.js';
import { versionsOfTools } from '../../src/media/sound-facts.js';
import { makeScanner, makeWriters } from '../support/catalog.js';
import { TestEncoders } from '../support/encoders.js';
import { sourceOf } from '../support/served-source.js';
import { flacCueBlock, retagFlac } from '../support/tag-writers.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';

const SECONDS = 13.3;
/** Each frame of a CUE sheet is 588 samples. */
const STARTS = ['00:00:00', '00:04:41', '00:08:74'];
const SAMPLES = [341 * 588, (674 - 341) * 588, Math.round(SECONDS * 44_100) - 674 * 588];

const sheet = (starts: readonly string[] = STARTS, file = 'album.wav'): string =>
  [
    'REM DATE 1999',
    'REM GENRE Jazz',
    'PERFORMER "Ann"',
    'TITLE "Night"',
    `FILE "${file}" WAVE`,
    ...starts.flatMap((start, at) => [
      `  TRACK ${String(at + 1).padStart(2, '0')} AUDIO`,
      `    TITLE "Part ${at + 1}"`,
      `    INDEX 01 ${start}`,
    ]),
  ].join('\r\n');

/** In this process, since nobody is hostile here. */
const readOne = async (path: Buffer): Promise<TagReading> => {
  try {
    return { file: await readTags(() => sourceOf(path.toString()), path) };
  } catch (error) {
    return { error: error instanceof MediaError ? error : new MediaError('TAGS_UNREADABLE', 'No tags.') };
  }
};
const TAGS = { read: (paths: readonly Buffer[]) => Promise.all(paths.map(readOne)) };

describe('a CUE sheet of one big file', () => {
  let test: TestDatabase;
  let jobs: JobQueue;
  let notifier: Notifier;
  let tones: ToneFolder;
  let scanner: Scanner;
  let analyser: Analyser;
  let encoders: TestEncoders;
  let libraries: LibraryRepository;
  let libraryId: string;
  const going = new AbortController().signal;

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
    await test.db.query('TRUNCATE libraries, albums, artists, genres, artworks CASCADE');
    tones = await ToneFolder.create();
    await mkdir(tones.path('music/a'), { recursive: true });
    await tones.wav('album.wav', { seconds: SECONDS, noise: 0.1, amplitude: 0.3 });
    await tones.convert('album.wav', 'music/a/album.flac');
    await aged('a/album.flac');
    libraryId = (await libraries.ensure(tones.path('music'))).id;
    encoders = new TestEncoders(test.db, tones.tools);
    scanner = makeScanner(test.db, jobs, TAGS);
    analyser = new Analyser(
      test.db,
      {
        versions: versionsOfTools(tones.tools),
        measure: (path) => measure(tones.tools, path),
        hashAudio: (path) => hashAudio(tones.tools, path),
      },
      new Covers(test.db, encoders.store, TAGS, { render: renderArtwork }),
      makeWriters(test.db, TAGS, { jobs, notifier }),
    );
  });
  afterEach(async () => {
    await encoders.close();
    await tones.remove();
  });

  let age = 60;
  const aged = async (name: string): Promise<void> => {
    const at = Date.now() / 1000 - age--;
    await utimes(tones.path(`music/${name}`), at, at);
  };
  const put = async (name: string, content: string | Buffer): Promise<void> => {
    await writeFile(tones.path(`music/${name}`), content);
    await aged(name);
  };
  const takeIn = async (): Promise<void> => {
    await scanner.scan(await libraries.getById(libraryId));
    const files = await test.db.query<{ id: string }>(`SELECT id FROM files WHERE state <> 'missing'`);
    for (const { id } of files) await analyser.analyse(id, going);
  };
  const listed = () =>
    test.db.query<{ id: string; title: string; samples: number; album: string }>(
      `SELECT tracks.id, tracks.title, sample_count::float8 AS samples, albums.title AS album
         FROM tracks JOIN albums ON albums.id = album_id WHERE available ORDER BY track_number NULLS FIRST, tracks.title`,
    );
  const titles = async () => (await listed()).map(({ title }) => title);
  const warnings = async () => (await new LibraryStatusService(test.db, jobs, libraries).status()).warnings;
  /** As somebody would count who looks at every row. */
  const expectCounted = async (): Promise<void> => {
    const wrong = await test.db.query(
      `SELECT albums.title FROM albums WHERE track_count <>
         (SELECT count(*) FROM tracks WHERE album_id = albums.id AND available)
       UNION ALL SELECT artists.name FROM artists WHERE track_count <>
         (SELECT count(DISTINCT tracks.id) FROM tracks JOIN track_artists ON track_id = tracks.id
           WHERE artist_id = artists.id AND role = 'performer' AND available)
       UNION ALL SELECT genres.name FROM genres WHERE track_count <>
         (SELECT count(*) FROM tracks JOIN track_genres ON track_id = tracks.id WHERE genre_id = genres.id AND available)`,
    );
    expect(wrong).toEqual([]);
  };

  it('makes tracks of their own, whose FLAC renditions join to the original sample by sample', async () => {
    await put('a/album.cue', sheet());
    await takeIn();
    const tracks = await listed();
    expect(tracks.map(({ title, samples, album }) => [title, samples, album])).toEqual(
      SAMPLES.map((samples, at) => [`Part ${at + 1}`, samples, 'Night']),
    );
    await expectCounted();
    const decoded: Buffer[] = [];
    const versions = new Set<string>();
    for (const { id } of tracks) {
      const source = await encoders.sources.get(id);
      versions.add(source.soundVersion);
      await encoders.renditions.queue(source, LADDER);
      await encoders.ladder('eager').encodeTrack(id, going);
      const renditions = await encoders.renditions.findOfTracks([id]);
      expect(renditions.map(({ state }) => state)).toEqual(LADDER.map(() => 'ready'));
      for (const rendition of renditions)
        expect(rendition.sampleCount).toBe(
          rendition.codec === 'opus'
            ? Math.round((source.sampleCount * 48_000) / 44_100)
            : source.sampleCount,
        );
      const flac = renditions.find(({ codec }) => codec === 'flac');
      const bytes = await encoders.store.read(flac?.storageKey ?? '', {
        offset: 0,
        length: flac?.sizeBytes ?? 0,
      });
      await tones.write('part.mp4', bytes);
      decoded.push(await tones.pcm('part.mp4'));
    }
    expect(versions.size).toBe(3);
    expect(Buffer.concat(decoded).equals(await tones.pcm('album.wav'))).toBe(true);
  });

  it.each(['flac', 'ogg'])(
    'in %s gives each of its tracks a loudness and peaks of its own',
    async (ending) => {
      // Three parts, each half as loud as the one before.
      const louder = STARTS.map((start, at) => {
        const seconds = Number(start.slice(3, 5)) + Number(start.slice(6)) / 75;
        return `volume=0.5:enable='gte(t,${at === 0 ? 1000 : seconds})'`;
      });
      await tones.convert('album.wav', `steps.${ending}`, ['-af', louder.join(',')]);
      await rm(tones.path('music/a/album.flac'));
      await rename(tones.path(`steps.${ending}`), tones.path(`music/a/album.${ending}`));
      await aged(`a/album.${ending}`);
      await put('a/album.cue', sheet());
      await takeIn();
      const versions = versionsOfTools(tones.tools);
      const refresh = new SoundRefresh(
        test.db,
        {
          versions,
          remeasure: (sound, branches, signal) => remeasure(tones.tools, sound, branches, { signal }),
        },
        new SoundWriter(test.db),
        jobs,
        { pass: (_signal, work) => work() },
      );
      const tracks = await listed();
      for (const { id } of tracks) await refresh.remeasure(id, going);
      const told = await test.db.query<{ lufs: number; peaks: Buffer; samples: number }>(
        `SELECT integrated_lufs AS lufs, peaks, sample_count::float8 AS samples FROM tracks
        WHERE available ORDER BY track_number`,
      );
      const [first = 0, second = 0, third = 0] = told.map(({ lufs }) => lufs);
      expect(first - second).toBeCloseTo(6, 0);
      expect(second - third).toBeCloseTo(6, 0);
      for (const { peaks, samples } of told)
        expect(Math.abs(peaks.length - (samples * 10) / 44_100)).toBeLessThanOrEqual(1);
      expect(await new SoundWriter(test.db).countStale(versions)).toBe(0);
    },
  );

  it('changes nothing when it is looked at again', async () => {
    await put('a/album.cue', sheet());
    await takeIn();
    const before = await listed();
    const count = 'SELECT count(*)::int AS n FROM tracks';
    const rows = await test.db.first(count);
    await takeIn();
    expect(await listed()).toEqual(before);
    expect(await test.db.first(count)).toEqual(rows);
    expect(await warnings()).toEqual([]);
  });

  it('may come later, be changed, go and come back: a part keeps its id, and its old renditions go', async () => {
    await takeIn();
    expect(await titles()).toEqual(['album']);
    const [whole] = await listed();
    await put('a/album.cue', sheet());
    await takeIn();
    const first = await listed();
    expect(first.map(({ title }) => title)).toEqual(['Part 1', 'Part 2', 'Part 3']);
    await expectCounted();
    const [one, two] = first.map(({ id }) => id);
    const versionOf = async (id = '') => (await encoders.sources.get(id)).soundVersion;
    const before = await versionOf(two);
    await encoders.renditions.queue(await encoders.sources.get(two ?? ''), LADDER.slice(0, 1));

    await put('a/album.cue', sheet(['00:00:00', '00:05:00']));
    await takeIn();
    expect((await listed()).map(({ id }) => id)).toEqual([one, two]);
    expect(await versionOf(two)).not.toBe(before);
    expect(await encoders.renditions.findOfTracks([two ?? ''])).toEqual([]);
    await expect(encoders.sources.get(first[2]?.id ?? '')).rejects.toMatchObject({ code: 'TRACK_MISSING' });
    await expectCounted();

    await rm(tones.path('music/a/album.cue'));
    await takeIn();
    expect((await listed()).map(({ id, title }) => [id, title])).toEqual([[whole?.id, 'album']]);
    await expectCounted();

    await put('a/album.cue', sheet());
    await takeIn();
    expect((await listed()).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(await versionOf(two)).toBe(before);
    await expectCounted();
  });

  it('goes and comes with its file, and stays when both are moved', async () => {
    await put('a/album.cue', sheet());
    await takeIn();
    const ids = (await listed()).map(({ id }) => id);
    await rename(tones.path('music/a'), tones.path('aside'));
    await put('other.txt', 'x');
    await test.db.query(`UPDATE libraries SET held_code = 'CONFIRMED'`);
    await takeIn();
    expect(await titles()).toEqual([]);
    await expectCounted();
    await rename(tones.path('aside'), tones.path('music/b'));
    await takeIn();
    expect((await listed()).map(({ id }) => id)).toEqual(ids);
    await expectCounted();
    await mkdir(tones.path('music/c'));
    for (const name of ['album.flac', 'album.cue'])
      await rename(tones.path(`music/b/${name}`), tones.path(`music/c/${name}`));
    await takeIn();
    expect((await listed()).map(({ id }) => id)).toEqual(ids);
    await rename(tones.path('music/c/album.flac'), tones.path('music/b/album.flac'));
    await takeIn();
    expect(await titles()).toEqual(['album']);
    await expectCounted();
  });

  it.each([
    ['begins beyond the end', sheet(['00:00:00', '00:20:00']), 'beyond the end'],
    ['lets tracks overlap', sheet(['00:00:00', '00:05:00', '00:04:00']), 'before the one before it'],
    ['is no text', Buffer.from([1, 0, 0, 2, 0, 0]), 'cannot be read'],
    [
      'names two other files',
      `FILE "x.wav" WAVE\nFILE "y.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00`,
      'other files',
    ],
  ])('that %s leaves the file one track, and says so', async (_what, content, reason) => {
    await put('a/album.cue', content);
    await takeIn();
    expect(await titles()).toEqual(['album']);
    expect(await warnings()).toEqual([
      { path: 'a/album.flac', code: 'CUE_SHEET', reason: expect.stringContaining(reason) },
    ]);
    await rm(tones.path('music/a/album.cue'));
    await takeIn();
    expect(await warnings()).toEqual([]);
  });

  it('whose tracks do not fit is found by fsck, and mended by asking the sheet again', async () => {
    await put('a/album.cue', sheet());
    await takeIn();
    const before = await listed();
    const broken = async () => {
      const found: string[] = [];
      const unused = () => Promise.reject(new Error('not asked for'));
      const house: House = {
        db: test.db,
        databaseUrl: test.url,
        dataDir: encoders.folder,
        store: encoders.store,
        tools: tones.tools,
        deep: true,
        graceMs: 0,
        mending: {
          jobs: () => Promise.resolve(jobs),
          markMissing: unused,
          requeueRenditions: unused,
          announceTrack: unused,
        },
      };
      for await (const each of READY_FILES.find(house)) {
        found.push(each.problem);
        await each.mend?.();
      }
      return found;
    };
    expect(await broken()).toEqual([]);
    await test.db.query('UPDATE tracks SET sample_count = sample_count + 1 WHERE file_index = 2');
    await test.db.query('UPDATE tracks SET available = true WHERE file_index = 0');
    expect(await broken()).toEqual(['it and the tracks that a CUE sheet makes of it do not fit']);
    await takeIn();
    const [{ id = '' } = {}] = await test.db.query<{ id: string }>('SELECT id FROM files');
    await analyser.analyse(id, going);
    expect(await broken()).toEqual([]);
    expect(await listed()).toEqual(before);
  });

  it('of a file that is retagged keeps its tracks', async () => {
    await put('a/album.cue', sheet());
    await takeIn();
    const before = await listed();
    await tones.run([
      '-i',
      tones.path('music/a/album.flac'),
      '-c',
      'copy',
      '-metadata',
      'title=New',
      tones.path('new.flac'),
    ]);
    await rename(tones.path('new.flac'), tones.path('music/a/album.flac'));
    await aged('a/album.flac');
    await takeIn();
    expect(await listed()).toEqual(before);
    await expectCounted();
  });

  const retag = async (comments: readonly (readonly [string, string])[], block?: Buffer): Promise<void> => {
    const plain = await readFile(tones.path('music/a/album.flac'));
    await put('a/album.flac', retagFlac(plain, comments, block));
  };

  it('inside it makes the same tracks as one beside it, which wins where there are both', async () => {
    await retag([
      ['ARTIST', 'Nobody'],
      ['LABEL', 'Blue'],
      ['CUESHEET', sheet(STARTS, 'D:\\rips\\anything.ape')],
    ]);
    await takeIn();
    const inside = await listed();
    expect(inside.map(({ title, samples, album }) => [title, samples, album])).toEqual(
      SAMPLES.map((samples, at) => [`Part ${at + 1}`, samples, 'Night']),
    );
    await expectCounted();
    await put('a/album.cue', sheet(['00:00:00', '00:05:00']).replaceAll('Part', 'Beside'));
    await takeIn();
    expect((await listed()).map(({ id, title }) => [id, title])).toEqual([
      [inside[0]?.id, 'Beside 1'],
      [inside[1]?.id, 'Beside 2'],
    ]);
    await rm(tones.path('music/a/album.cue'));
    await takeIn();
    expect(await listed()).toEqual(inside);
    await retag([['ARTIST', 'Nobody']]);
    await takeIn();
    expect(await titles()).toEqual(['album']);
    await expectCounted();
    expect(await warnings()).toEqual([]);
  });

  it("inside it as FLAC's own block cuts where it says, to the sample", async () => {
    await retag([['ALBUM', 'Of blocks']], flacCueBlock([0, 100_001, 300_007], SECONDS * 44_100));
    await takeIn();
    expect((await listed()).map(({ title, samples, album }) => [title, samples, album])).toEqual([
      ['Track 01', 100_001, 'Of blocks'],
      ['Track 02', 200_006, 'Of blocks'],
      ['Track 03', Math.round(SECONDS * 44_100) - 300_007, 'Of blocks'],
    ]);
  });

  it('inside it that does not fit leaves it one track, and says so', async () => {
    await retag([['CUESHEET', sheet(['00:00:00', '99:00:00'])]]);
    await takeIn();
    expect(await titles()).toEqual(['album']);
    expect(await warnings()).toEqual([
      {
        path: 'a/album.flac',
        code: 'CUE_SHEET',
        reason: expect.stringContaining('in its tags lets track 2 begin beyond the end'),
      },
    ]);
  });

  it('inside it, hostile, makes what it can or nothing', async () => {
    const hostile: readonly (readonly [string, number])[] = [
      [`FILE "x.wav" WAVE\n${sheet()}`, 3],
      ['TRACK 01 AUDIO\n'.repeat(30_000), 1],
      [sheet().replaceAll('Part', 'P\u0001\ufffe'), 3],
      [sheet().replaceAll('Part', 'P'.repeat(50_000)), 3],
    ];
    for (const [text, tracks] of hostile) {
      await retag([['CUESHEET', text]]);
      await takeIn();
      expect(await listed()).toHaveLength(tracks);
    }
    await expectCounted();
  });
});
