import { join } from 'node:path';
import { AlbumWriter } from './catalog/album-writer.js';
import { ArtistWriter } from './catalog/artist-writer.js';
import { CatalogCounts } from './catalog/catalog-counts.js';
import { CatalogWriter } from './catalog/catalog-writer.js';
import { GenreWriter } from './catalog/genre-writer.js';
import { TrackSoundWriter } from './catalog/track-sound.js';
import { TrackWriter } from './catalog/track-writer.js';
import type { Closers } from './closers.js';
import type { Config } from './config/config.js';
import { loadProcessConfig } from './config/load-config.js';
import type { Database } from './database/database.js';
import { Notifier } from './database/notifier.js';
import { Adoption } from './ingest/adoption.js';
import { FileRepository } from './ingest/file.repository.js';
import { Losses } from './ingest/losses.js';
import { CheckProgress } from './integrity/check-progress.js';
import { DRAFTS } from './integrity/drafts.js';
import { FSCK_USAGE, readFsckOptions, type FsckOptions } from './integrity/fsck-options.js';
import { inspect, type Outcome } from './integrity/inspect.js';
import type { House, Invariant, Mending } from './integrity/invariant.js';
import { OPEN_WORK } from './integrity/open-work.js';
import { PLAYLISTS } from './integrity/playlists.js';
import { PLAY_COUNTS } from './integrity/play-counts.js';
import { PLAY_EVENTS } from './integrity/play-events.js';
import { READY_FILES } from './integrity/ready-files.js';
import { READY_RENDITIONS } from './integrity/ready-renditions.js';
import { ROWS_AND_FILES } from './integrity/rows-and-files.js';
import { SCHEMA } from './integrity/schema.js';
import { secrets } from './integrity/secrets.js';
import { JobQueue } from './jobs/job-queue.js';
import { findFfmpeg } from './media/find-ffmpeg.js';
import { openVisited, runProgram } from './program.js';
import { FolderStore } from './storage/folder-store.js';
import { findSigningKey, replaceSigningKey } from './streaming/signing-key.js';
import { LeaseRepository } from './transcode/lease.repository.js';
import { LostLeases } from './transcode/lost-leases.js';

/** The schema first: on another one the other questions have no answers. */
const INVARIANTS: readonly Invariant[] = [
  SCHEMA,
  READY_FILES,
  PLAY_EVENTS,
  ROWS_AND_FILES,
  READY_RENDITIONS,
  PLAYLISTS,
  OPEN_WORK,
  DRAFTS,
  PLAY_COUNTS,
  secrets({
    load: async (dataDir) => (await findSigningKey(dataDir)) !== undefined,
    replace: replaceSigningKey,
  }),
];

const lossesOf = (db: Database): Losses => {
  const artists = new ArtistWriter(db);
  const counts = new CatalogCounts(db, artists);
  const catalog = new CatalogWriter(
    artists,
    new AlbumWriter(db),
    new GenreWriter(db),
    new TrackWriter(db),
    counts,
  );
  return new Losses(db, new FileRepository(db), catalog, new Adoption(db, new TrackSoundWriter(db, catalog)));
};

const mendingOf = (db: Database, url: string, closers: Closers): Mending => {
  const notifier = new Notifier(db);
  let queue: Promise<JobQueue> | undefined;
  const open = async (): Promise<JobQueue> => {
    const jobs = new JobQueue(url);
    await jobs.start();
    closers.add(() => jobs.onModuleDestroy());
    return jobs;
  };
  const jobs = (): Promise<JobQueue> => (queue ??= open());
  const losses = lossesOf(db);
  return {
    jobs,
    markMissing: (ids) => losses.markMissing(ids.map((id) => ({ id }))),
    requeueRenditions: async () =>
      new LostLeases(db, new LeaseRepository(db, notifier), await jobs()).requeue(true),
    announceTrack: (trackId) => notifier.publish('kanade_fragment', { trackId }),
  };
};

const look = async (config: Config, options: FsckOptions, closers: Closers): Promise<Outcome> => {
  const tools = await findFfmpeg(config);
  const { db, url } = await openVisited(config, closers);
  const house: House = {
    db,
    databaseUrl: url,
    dataDir: config.dataDir,
    store: new FolderStore(join(config.dataDir, 'store')),
    tools,
    deep: options.deep,
    graceMs: options.graceMs,
    mending: mendingOf(db, url, closers),
  };
  const progress = new CheckProgress(process.stderr, INVARIANTS.length);
  const tell = (line: string): void => void process.stdout.write(`${line}\n`);
  return inspect(house, INVARIANTS, options.repair, tell, progress);
};

const sentenceOf = ({ broken, mended }: Outcome, repair: boolean): string => {
  if (broken === 0) return 'fsck: everything holds';
  return repair ? `fsck: ${broken} broken, ${mended} of them mended` : `fsck: ${broken} broken`;
};

runProgram('fsck', FSCK_USAGE, async (closers) => {
  const options = readFsckOptions(process.argv.slice(2));
  const outcome = await look(loadProcessConfig(options.rest), options, closers);
  process.stderr.write(`${sentenceOf(outcome, options.repair)}\n`);
  return outcome.broken === outcome.mended ? 0 : 1;
});
