import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type InjectionToken,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Notifier } from '../database/notifier.js';
import { BackgroundGate } from '../jobs/background-gate.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { FfmpegTools } from '../media/find-ffmpeg.js';
import { OBJECT_STORE } from '../storage/object-store.js';
import { BackgroundEncodes } from './background-encodes.js';
import { EncodeService } from './encode.service.js';
import { EncodeSlots } from './encode-slots.js';
import { ENCODER_CORES, LadderJobs } from './ladder-jobs.js';
import { LeaseRepository } from './lease.repository.js';
import { LostLeases } from './lost-leases.js';
import { RenditionQuota } from './rendition-quota.js';
import { RenditionRepository } from './rendition.repository.js';
import { RenditionSweep } from './rendition-sweep.js';
import { SourceRepository } from './source.repository.js';
import { WantedEncodes } from './wanted-encodes.js';

const TOOLS = Symbol('kanade:transcode-tools');
const POLICY = Symbol('kanade:ladder-policy');
const QUOTA = Symbol('kanade:rendition-quota');

/** A class that knows nothing of Nest, made from what these tokens stand for, in the order of its constructor. */
const made = <Parts extends unknown[], Made>(
  what: new (...parts: Parts) => Made,
  inject: InjectionToken[],
): FactoryProvider<Made> => ({ provide: what, inject, useFactory: (...parts: Parts) => new what(...parts) });

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
    @Inject(RenditionQuota) private readonly quota: RenditionQuota,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.lost.start();
    await this.wanted.start();
    this.sweep.hourly.start();
    this.quota.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([
      this.lost.stop(),
      this.wanted.stop(),
      this.ladder.stop(),
      this.sweep.hourly.stop(),
      this.quota.stop(),
    ]);
  }
}

@Module({})
export class TranscodeWorkerModule {
  static forRoot(tools: FfmpegTools): DynamicModule {
    return {
      module: TranscodeWorkerModule,
      providers: [
        { provide: TOOLS, useValue: tools },
        { provide: POLICY, inject: [CONFIG], useFactory: (config: Config) => config.ladder },
        { provide: QUOTA, inject: [CONFIG], useFactory: (config: Config) => config.renditionQuotaBytes },
        { provide: EncodeSlots, useFactory: () => new EncodeSlots(ENCODER_CORES) },
        {
          provide: BackgroundGate,
          inject: [JobQueue],
          useFactory: (jobs: JobQueue) => new BackgroundGate(() => jobs.hasWaiting('ingest.analyse')),
        },
        SourceRepository,
        RenditionRepository,
        LeaseRepository,
        made(EncodeService, [LeaseRepository, OBJECT_STORE, TOOLS, EncodeSlots]),
        made(WantedEncodes, [Notifier, LeaseRepository, SourceRepository, EncodeService, EncodeSlots]),
        made(BackgroundEncodes, [LeaseRepository, EncodeService, BackgroundGate]),
        made(LadderJobs, [POLICY, SourceRepository, RenditionRepository, BackgroundEncodes, RenditionQuota]),
        made(RenditionQuota, [QUOTA, Database, Notifier, OBJECT_STORE]),
        made(LostLeases, [Database, LeaseRepository, JobQueue]),
        made(RenditionSweep, [Database, OBJECT_STORE]),
        EncoderLife,
      ],
      exports: [LadderJobs],
    };
  }
}
