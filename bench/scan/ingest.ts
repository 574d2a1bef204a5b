import { DataSource } from 'typeorm';
import { AlbumWriter } from '../../backend/dist/catalog/album-writer.js';
import { ArtistWriter } from '../../backend/dist/catalog/artist-writer.js';
import { CatalogCounts } from '../../backend/dist/catalog/catalog-counts.js';
import { CatalogWriter } from '../../backend/dist/catalog/catalog-writer.js';
import { GenreWriter } from '../../backend/dist/catalog/genre-writer.js';
import { TrackSoundWriter } from '../../backend/dist/catalog/track-sound.js';
import { TrackWriter } from '../../backend/dist/catalog/track-writer.js';
import { Database } from '../../backend/dist/database/database.js';
import { Adoption } from '../../backend/dist/ingest/adoption.js';
import { FileRepository } from '../../backend/dist/ingest/file.repository.js';
import { FirstPassTags } from '../../backend/dist/ingest/first-pass-tags.js';
import { Intake, type TagSource } from '../../backend/dist/ingest/intake.js';
import { Losses } from '../../backend/dist/ingest/losses.js';
import { Scanner, type ScanResult } from '../../backend/dist/ingest/scanner.js';
import { Surveyor } from '../../backend/dist/ingest/survey.js';
import { UnreadableFolders } from '../../backend/dist/ingest/unreadable-folders.js';
import { JobQueue } from '../../backend/dist/jobs/job-queue.js';
import { Library } from '../../backend/dist/libraries/library.entity.js';
import { LibraryRepository } from '../../backend/dist/libraries/library.repository.js';
import type { FfmpegTools } from '../../backend/dist/media/find-ffmpeg.js';
import { TagReaderPool } from '../../backend/dist/media/tag-reader-pool.js';

export interface FirstPass {
  readonly db: Database;
  scan(root: string): Promise<ScanResult>;
  close(): Promise<void>;
}

/** The first pass as the worker puts it together, without anybody who takes the jobs it leaves. */
export const openFirstPass = async (
  url: string,
  tools: FfmpegTools,
  watch: (paths: readonly Buffer[]) => void = () => undefined,
): Promise<FirstPass> => {
  const source = await new DataSource({
    type: 'postgres',
    url,
    poolSize: 4,
    entities: [Library],
  }).initialize();
  const db = new Database(source);
  const jobs = new JobQueue(url);
  await jobs.start();
  const pool = new TagReaderPool();
  const reader = new FirstPassTags(pool, tools);
  const tags: TagSource = {
    read: (paths) => {
      watch(paths);
      return reader.read(paths);
    },
  };
  const artists = new ArtistWriter(db);
  const catalog = new CatalogWriter(
    artists,
    new AlbumWriter(db),
    new GenreWriter(db),
    new TrackWriter(db),
    new CatalogCounts(db, artists),
  );
  const files = new FileRepository(db);
  const losses = new Losses(db, files, catalog, new Adoption(db, new TrackSoundWriter(db, catalog)));
  const scanner = new Scanner(
    db,
    files,
    new Surveyor(files),
    new Intake(db, files, catalog, jobs, tags),
    losses,
    new UnreadableFolders(db),
  );
  const libraries = new LibraryRepository(db);
  return {
    db,
    scan: async (root) => scanner.scan(await libraries.getById((await libraries.ensure(root)).id)),
    close: async () => {
      pool.close();
      await jobs.onModuleDestroy();
      await source.destroy();
    },
  };
};
