import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Notifier } from '../database/notifier.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { FfmpegTools } from '../media/find-ffmpeg.js';
import { OBJECT_STORE, type ObjectStore } from '../storage/object-store.js';
import { BackgroundEncodes } from './background-encodes.js';
import { BackgroundGate } from './background-gate.js';
import { EncodeService } from './encode.service.js';
import { EncodeSlots } from './encode-slots.js';
import { ENCODER_CORES, LadderJobs } from './ladder-jobs.js';
import { LeaseRepository } from './lease.repository.js';
import { LostLeases } from './lost-leases.js';
import { RenditionRepository } from './rendition.repository.js';
import { RenditionSweep } from './rendition-sweep.js';
import { SourceRepository } from './source.repository.js';
import { WantedEncodes } from './wanted-encodes.js';

const TOOLS = Symbol('kanade:transcode-tools');

/**
 * The encoders of a worker process: they begin with the process, and stop while the database is still there to give
 * their leases back to.
 */
@Injectable()
class EncoderLife implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(WantedEncodes) private readonly wanted: WantedEncodes,
    @Inject(LadderJobs) private readonly ladder: LadderJobs,
    @Inject(LostLeases) private readonly lost: LostLeases,
    @Inject(RenditionSweep) private readonly sweep: RenditionSweep,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.lost.start();
    await this.wanted.start();
    this.sweep.hourly.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.lost.stop(), this.wanted.stop(), this.ladder.stop(), this.sweep.hourly.stop()]);
  }
}

@Module({})
export class TranscodeWorkerModule {
  static forRoot(tools: FfmpegTools): DynamicModule {
    return {
      module: TranscodeWorkerModule,
      providers: [
        { provide: TOOLS, useValue: tools },
        { provide: EncodeSlots, useFactory: () => new EncodeSlots(ENCODER_CORES) },
        SourceRepository,
        RenditionRepository,
        LeaseRepository,
        {
          provide: EncodeService,
          inject: [LeaseRepository, OBJECT_STORE, TOOLS, EncodeSlots],
          useFactory: (leases: LeaseRepository, store: ObjectStore, found: FfmpegTools, slots: EncodeSlots) =>
            new EncodeService(leases, store, found, slots),
        },
        {
          provide: WantedEncodes,
          inject: [Notifier, LeaseRepository, SourceRepository, EncodeService, EncodeSlots],
          useFactory: (...parts: ConstructorParameters<typeof WantedEncodes>) => new WantedEncodes(...parts),
        },
        {
          provide: BackgroundEncodes,
          inject: [LeaseRepository, EncodeService, JobQueue],
          useFactory: (leases: LeaseRepository, encodes: EncodeService, jobs: JobQueue) =>
            new BackgroundEncodes(
              leases,
              encodes,
              new BackgroundGate(() => jobs.hasWaiting('ingest.analyse')),
            ),
        },
        {
          provide: LadderJobs,
          inject: [CONFIG, SourceRepository, RenditionRepository, BackgroundEncodes],
          useFactory: (
            config: Config,
            ...parts: ConstructorParameters<typeof LadderJobs> extends [unknown, ...infer Rest] ? Rest : never
          ) => new LadderJobs(config.ladder, ...parts),
        },
        {
          provide: LostLeases,
          inject: [Database, LeaseRepository, JobQueue],
          useFactory: (...parts: ConstructorParameters<typeof LostLeases>) => new LostLeases(...parts),
        },
        {
          provide: RenditionSweep,
          inject: [Database, OBJECT_STORE],
          useFactory: (db: Database, store: ObjectStore) => new RenditionSweep(db, store),
        },
        EncoderLife,
      ],
      exports: [LadderJobs],
    };
  }
}
