import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { Notifier } from '../../src/database/notifier.js';
import { Analyser } from '../../src/ingest/analyser.js';
import { Covers } from '../../src/ingest/covers.js';
import { LibraryStatusService } from '../../src/ingest/library-status.service.js';
import type { Scanner } from '../../src/ingest/scanner.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LibraryRepository } from '../../src/libraries/library.repository.js';
import { renderArtwork } from '../../src/media/artwork.js';
import { hashAudio, measure } from '../../src/media/facts.js';
import { MediaError } from '../../src/media/media-error.js';
import { versionsOfTools } from '../../src/media/sound-facts.js';
import type { TagReading } from '../../src/media/tag-reader-pool.js';
import { readTags } from '../../src/media/tags.js';
import { makeScanner, makeWriters } from './catalog.js';
import { TestEncoders } from './encoders.js';
import { testDatabase, type TestDatabase } from './postgres.js';
import { sourceOf } from './served-source.js';
import { retagFlac } from './tag-writers.js';
import { ToneFolder } from './tones.js';

export const SECONDS = 13.3;
/** Each frame of a CUE sheet is 588 samples. */
export const STARTS = ['00:00:00', '00:04:41', '00:08:74'];
export const SAMPLES = [341 * 588, (674 - 341) * 588, Math.round(SECONDS * 44_100) - 674 * 588];

export const sheet = (starts: readonly string[] = STARTS, file = 'album.wav'): string =>
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

const GOING = new AbortController().signal;

export interface ListedTrack {
  readonly id: string;
  readonly title: string;
  readonly samples: number;
  readonly album: string;
}

/** What all tests of CUE sheets share: a database, its jobs and its news. */
export class CueHouse {
  private constructor(
    readonly test: TestDatabase,
    readonly jobs: JobQueue,
    readonly notifier: Notifier,
  ) {}

  static async open(): Promise<CueHouse> {
    const test = await testDatabase();
    const jobs = new JobQueue(test.url);
    await jobs.start();
    return new CueHouse(test, jobs, new Notifier(test.db));
  }

  async close(): Promise<void> {
    await this.notifier.onModuleDestroy();
    await this.jobs.onModuleDestroy();
    await this.test.close();
  }
}

/** A library that holds one big file, `a/album.flac`, and what takes in it and the sheets that are put to it. */
export class CueRoom {
  readonly test: TestDatabase;
  readonly encoders: TestEncoders;
  readonly analyser: Analyser;
  readonly #libraries: LibraryRepository;
  readonly #scanner: Scanner;
  #age = 60;

  private constructor(
    private readonly house: CueHouse,
    readonly tones: ToneFolder,
  ) {
    const { test, jobs, notifier } = house;
    this.test = test;
    this.encoders = new TestEncoders(test.db, tones.tools);
    this.#libraries = new LibraryRepository(test.db);
    this.#scanner = makeScanner(test.db, jobs, TAGS);
    this.analyser = new Analyser(
      test.db,
      {
        versions: versionsOfTools(tones.tools),
        measure: (path) => measure(tones.tools, path),
        hashAudio: (path) => hashAudio(tones.tools, path),
      },
      new Covers(test.db, this.encoders.store, TAGS, { render: renderArtwork }),
      makeWriters(test.db, TAGS, { jobs, notifier }),
    );
  }

  static async open(house: CueHouse): Promise<CueRoom> {
    await house.test.db.query('TRUNCATE libraries, albums, artists, genres, artworks CASCADE');
    const tones = await ToneFolder.create();
    await mkdir(tones.path('music/a'), { recursive: true });
    await tones.wav('album.wav', { seconds: SECONDS, noise: 0.1, amplitude: 0.3 });
    await tones.convert('album.wav', 'music/a/album.flac');
    const room = new CueRoom(house, tones);
    await room.aged('a/album.flac');
    return room;
  }

  async close(): Promise<void> {
    await this.encoders.close();
    await this.tones.remove();
  }

  /** Each a second younger than the one before, so that every change is seen, and all old enough to be settled. */
  async aged(name: string): Promise<void> {
    const at = Date.now() / 1000 - this.#age--;
    await utimes(this.tones.path(`music/${name}`), at, at);
  }

  async put(name: string, content: string | Buffer): Promise<void> {
    await writeFile(this.tones.path(`music/${name}`), content);
    await this.aged(name);
  }

  async retag(comments: readonly (readonly [string, string])[], block?: Buffer): Promise<void> {
    const plain = await readFile(this.tones.path('music/a/album.flac'));
    await this.put('a/album.flac', retagFlac(plain, comments, block));
  }

  async takeIn(): Promise<void> {
    await this.#scanner.scan(await this.#libraries.ensure(this.tones.path('music')));
    const files = await this.test.db.query<{ id: string }>(`SELECT id FROM files WHERE state <> 'missing'`);
    for (const { id } of files) await this.analyser.analyse(id, GOING);
  }

  listed(): Promise<ListedTrack[]> {
    return this.test.db.query<ListedTrack>(
      `SELECT tracks.id, tracks.title, sample_count::float8 AS samples, albums.title AS album
         FROM tracks JOIN albums ON albums.id = album_id WHERE available ORDER BY track_number NULLS FIRST, tracks.title`,
    );
  }

  async titles(): Promise<string[]> {
    return (await this.listed()).map(({ title }) => title);
  }

  async warnings() {
    return (await new LibraryStatusService(this.test.db, this.house.jobs, this.#libraries).status()).warnings;
  }

  /** As somebody would count who looks at every row. */
  async expectCounted(): Promise<void> {
    const wrong = await this.test.db.query(
      `SELECT albums.title FROM albums WHERE track_count <>
         (SELECT count(*) FROM tracks WHERE album_id = albums.id AND available)
       UNION ALL SELECT artists.name FROM artists WHERE track_count <>
         (SELECT count(DISTINCT tracks.id) FROM tracks JOIN track_artists ON track_id = tracks.id
           WHERE artist_id = artists.id AND role = 'performer' AND available)
       UNION ALL SELECT genres.name FROM genres WHERE track_count <>
         (SELECT count(*) FROM tracks JOIN track_genres ON track_id = tracks.id WHERE genre_id = genres.id AND available)`,
    );
    expect(wrong).toEqual([]);
  }
}
