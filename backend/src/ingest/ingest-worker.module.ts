import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CatalogWriterModule } from '../catalog/catalog-writer.module.js';
import { CatalogWriter } from '../catalog/catalog-writer.js';
import { SoundWriter } from '../catalog/sound-writer.js';
import { TrackSoundWriter } from '../catalog/track-sound.js';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Notifier } from '../database/notifier.js';
import { BackgroundGate } from '../jobs/background-gate.js';
import { JobQueue } from '../jobs/job-queue.js';
import { LibrariesModule } from '../libraries/libraries.module.js';
import { LibraryRepository } from '../libraries/library.repository.js';
import { AnalysisThreads } from '../media/analysis-threads.js';
import { ArtworkRenderer } from '../media/artwork-renderer.js';
import { hashAudio, measure, remeasure } from '../media/facts.js';
import type { FfmpegTools } from '../media/find-ffmpeg.js';
import { versionsOfTools } from '../media/sound-facts.js';
import { TagReaderPool } from '../media/tag-reader-pool.js';
import { OBJECT_STORE, type ObjectStore } from '../storage/object-store.js';
import { Adoption } from './adoption.js';
import { Analyser, type AnalysisWriters } from './analyser.js';
import { Covers } from './covers.js';
import { CueTracks } from './cue-tracks.js';
import { FileRepository } from './file.repository.js';
import { FirstPassTags } from './first-pass-tags.js';
import { ForgottenFiles } from './forgotten-files.js';
import { IngestJobs } from './ingest-jobs.js';
import { Intake, TAG_SOURCE, type TagSource } from './intake.js';
import { LibraryProgress } from './library-progress.js';
import { LibraryStatusService } from './library-status.service.js';
import { Losses } from './losses.js';
import { ScanService } from './scan.service.js';
import { Scanner } from './scanner.js';
import { OlderCounts } from './older-counts.js';
import { SoundRefresh } from './sound-refresh.js';
import { Surveyor } from './survey.js';
import { UnreadableFolders } from './unreadable-folders.js';
import { WatchService } from './watch.service.js';

const ANALYSIS_WRITERS = Symbol('kanade:analysis-writers');

/** What is measured of files, and where. */
@Injectable()
class IngestSound {
  constructor(
    readonly threads: AnalysisThreads,
    readonly refresh: SoundRefresh,
    readonly older: OlderCounts,
  ) {}
}

/** Begins with the process, and ends its children with it. */
@Injectable()
class IngestLife implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly libraries: LibraryRepository,
    private readonly watch: WatchService,
    private readonly tags: TagReaderPool,
    private readonly covers: ArtworkRenderer,
    private readonly sound: IngestSound,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { path } of this.config.music) await this.libraries.ensure(path);
    // Before the first scan, which brings what is doubted to the queue.
    await this.sound.older.doubt();
    await this.watch.start();
    await this.sound.refresh.begin();
  }

  onApplicationShutdown(): void {
    this.watch.stop();
    this.tags.close();
    this.covers.close();
    this.sound.threads.close();
  }
}

/** The worker's side of ingest: scanning, watching, analysing. */
@Module({})
export class IngestWorkerModule {
  static forRoot(tools: FfmpegTools): DynamicModule {
    return {
      module: IngestWorkerModule,
      imports: [LibrariesModule, CatalogWriterModule],
      providers: [
        { provide: TagReaderPool, useFactory: () => new TagReaderPool() },
        { provide: ArtworkRenderer, useFactory: () => new ArtworkRenderer() },
        {
          provide: TAG_SOURCE,
          inject: [TagReaderPool],
          useFactory: (pool: TagReaderPool) => new FirstPassTags(pool, tools),
        },
        {
          provide: Covers,
          inject: [Database, OBJECT_STORE, TagReaderPool, ArtworkRenderer],
          useFactory: (db: Database, store: ObjectStore, pool: TagReaderPool, renderer: ArtworkRenderer) =>
            new Covers(db, store, pool, renderer),
        },
        {
          provide: CueTracks,
          inject: [Database, TAG_SOURCE, CatalogWriter, JobQueue, Notifier],
          useFactory: (
            db: Database,
            tags: TagSource,
            catalog: CatalogWriter,
            jobs: JobQueue,
            notifier: Notifier,
          ) => new CueTracks(db, tags, { catalog, jobs, notifier }),
        },
        {
          provide: Analyser,
          inject: [Database, Covers, AnalysisThreads, ANALYSIS_WRITERS],
          useFactory: (db: Database, covers: Covers, { open }: AnalysisThreads, writers: AnalysisWriters) =>
            new Analyser(
              db,
              {
                versions: versionsOfTools(tools),
                measure: (path, signal) => measure(tools, path, { signal, openAnalyst: open }),
                hashAudio: (path, signal) => hashAudio(tools, path, { signal }),
              },
              covers,
              writers,
            ),
        },
        {
          provide: ANALYSIS_WRITERS,
          inject: [CatalogWriter, TrackSoundWriter, SoundWriter, Adoption, CueTracks, JobQueue, Notifier],
          useFactory: (
            catalog: CatalogWriter,
            tracks: TrackSoundWriter,
            sounds: SoundWriter,
            adoption: Adoption,
            cues: CueTracks,
            jobs: JobQueue,
            notifier: Notifier,
          ): AnalysisWriters => ({ catalog, tracks, sounds, adoption, cues, jobs, notifier }),
        },
        {
          provide: SoundRefresh,
          inject: [Database, SoundWriter, JobQueue, AnalysisThreads],
          useFactory: (db: Database, sounds: SoundWriter, jobs: JobQueue, { open }: AnalysisThreads) =>
            new SoundRefresh(
              db,
              {
                versions: versionsOfTools(tools),
                remeasure: (sound, branches, signal) =>
                  remeasure(tools, sound, branches, { signal, priority: 'idle', openAnalyst: open }),
              },
              sounds,
              jobs,
              new BackgroundGate(() => jobs.hasWaiting('ingest.analyse')),
            ),
        },
        {
          provide: OlderCounts,
          inject: [Database],
          useFactory: (db: Database) => new OlderCounts(db, tools),
        },
        { provide: AnalysisThreads, useFactory: () => new AnalysisThreads() },
        IngestSound,
        {
          provide: IngestJobs,
          inject: [WatchService, ForgottenFiles, Analyser, LibraryProgress, SoundRefresh],
          useFactory: (
            watch: WatchService,
            forgotten: ForgottenFiles,
            analyser: Analyser,
            progress: LibraryProgress,
            refresh: SoundRefresh,
          ) => new IngestJobs(watch, forgotten, analyser, progress, refresh),
        },
        FileRepository,
        ForgottenFiles,
        Surveyor,
        Intake,
        Adoption,
        Losses,
        Scanner,
        UnreadableFolders,
        ScanService,
        WatchService,
        LibraryProgress,
        LibraryStatusService,
        IngestLife,
      ],
      exports: [IngestJobs],
    };
  }
}
