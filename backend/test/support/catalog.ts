import { AlbumWriter } from '../../src/catalog/album-writer.js';
import { ArtistWriter } from '../../src/catalog/artist-writer.js';
import { CatalogCounts } from '../../src/catalog/catalog-counts.js';
import { CatalogWriter } from '../../src/catalog/catalog-writer.js';
import { GenreWriter } from '../../src/catalog/genre-writer.js';
import { SoundWriter } from '../../src/catalog/sound-writer.js';
import { TrackSoundWriter } from '../../src/catalog/track-sound.js';
import { TrackWriter } from '../../src/catalog/track-writer.js';
import type { Database } from '../../src/database/database.js';
import { Adoption } from '../../src/ingest/adoption.js';
import { FileRepository } from '../../src/ingest/file.repository.js';
import { Intake, type TagSource } from '../../src/ingest/intake.js';
import { Losses } from '../../src/ingest/losses.js';
import { Scanner } from '../../src/ingest/scanner.js';
import { Surveyor } from '../../src/ingest/survey.js';
import { UnreadableFolders } from '../../src/ingest/unreadable-folders.js';
import { CueTracks } from '../../src/ingest/cue-tracks.js';
import type { AnalysisWriters } from '../../src/ingest/analyser.js';
import type { Notifier } from '../../src/database/notifier.js';
import type { JobQueue } from '../../src/jobs/job-queue.js';

/** The writers of the catalogue, put together as the worker does it. */
export const makeCatalog = (db: Database) => {
  const artists = new ArtistWriter(db);
  const catalog = new CatalogWriter(
    artists,
    new AlbumWriter(db),
    new GenreWriter(db),
    new TrackWriter(db),
    new CatalogCounts(db, artists),
  );
  const tracks = new TrackSoundWriter(db, catalog);
  return { catalog, tracks, sounds: new SoundWriter(db), adoption: new Adoption(db, tracks) };
};

/** Where the second pass writes. */
export const makeWriters = (
  db: Database,
  tags: TagSource,
  work: { readonly jobs: JobQueue; readonly notifier: Notifier },
): AnalysisWriters => {
  const made = makeCatalog(db);
  return { ...made, ...work, cues: new CueTracks(db, tags, { catalog: made.catalog, ...work }) };
};

export const makeScanner = (db: Database, jobs: JobQueue, tags: TagSource): Scanner => {
  const { catalog, adoption } = makeCatalog(db);
  const files = new FileRepository(db);
  const intake = new Intake(db, files, catalog, jobs, tags);
  const losses = new Losses(db, files, catalog, adoption);
  return new Scanner(db, files, new Surveyor(files), intake, losses, new UnreadableFolders(db));
};
