import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/database/database.js';
import { Notifier } from '../../src/database/notifier.js';
import type { LadderPolicy } from '../../src/config/config.js';
import type { FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { FolderStore } from '../../src/storage/folder-store.js';
import type { ObjectDraft } from '../../src/storage/object-store.js';
import { segmentPrefix } from '../../src/streaming/media-path.js';
import { BackgroundEncodes } from '../../src/transcode/background-encodes.js';
import { BackgroundGate } from '../../src/jobs/background-gate.js';
import { EncodeService } from '../../src/transcode/encode.service.js';
import { EncodeSlots } from '../../src/transcode/encode-slots.js';
import { LadderJobs } from '../../src/transcode/ladder-jobs.js';
import { LeaseRepository } from '../../src/transcode/lease.repository.js';
import { RenditionQuota } from '../../src/transcode/rendition-quota.js';
import { RenditionRepository } from '../../src/transcode/rendition.repository.js';
import { SourceRepository } from '../../src/transcode/source.repository.js';
import { WantedEncodes } from '../../src/transcode/wanted-encodes.js';

/** A store whose drafts take no more than a number of writes until they are let go: an encoder frozen in the middle. */
export class HoldingStore extends FolderStore {
  private readonly released = Promise.withResolvers<void>();

  constructor(
    root: string,
    private readonly writes: number,
  ) {
    super(root);
  }

  release(): void {
    this.released.resolve();
  }

  override async createDraft(): Promise<ObjectDraft> {
    const draft = await super.createDraft();
    let left = this.writes;
    return {
      path: draft.path,
      append: async (bytes) => {
        if (left-- <= 0) await this.released.promise;
        await draft.append(bytes);
      },
      commit: (key) => draft.commit(key),
      discard: () => draft.discard(),
    };
  }
}

/** What a worker process is made of as far as encoding goes, over a store of its own. */
export class TestEncoders {
  readonly folder = mkdtempSync(join(tmpdir(), 'kanade-test-store-'));
  readonly store: FolderStore;
  readonly notifier: Notifier;
  readonly sources: SourceRepository;
  readonly renditions: RenditionRepository;
  readonly leases: LeaseRepository;
  readonly slots = new EncodeSlots(2);
  readonly encodes: EncodeService;
  readonly wanted: WantedEncodes;

  constructor(
    readonly db: Database,
    tools: FfmpegTools,
    storeIn: (folder: string) => FolderStore = (folder) => new FolderStore(folder),
    renewEveryMs?: number,
  ) {
    this.store = storeIn(this.folder);
    this.notifier = new Notifier(db);
    this.sources = new SourceRepository(db);
    this.renditions = new RenditionRepository(db, this.notifier);
    this.leases = new LeaseRepository(db, this.notifier);
    this.encodes = new EncodeService(this.leases, this.store, tools, this.slots, renewEveryMs);
    this.wanted = new WantedEncodes(this.notifier, this.leases, this.sources, this.encodes, this.slots);
  }

  ladder(policy: LadderPolicy, hasBetterWork = () => Promise.resolve(false)): LadderJobs {
    const background = new BackgroundEncodes(this.leases, this.encodes, new BackgroundGate(hasBetterWork));
    return new LadderJobs(policy, this.sources, this.renditions, background, this.quota(null));
  }

  quota(bytes: number | null): RenditionQuota {
    return new RenditionQuota(bytes, this.db, this.notifier, this.store);
  }

  /** Where the segments of a track lie, as it sounds now. */
  async segmentsOf(trackId: string): Promise<string> {
    return segmentPrefix(await this.sources.get(trackId));
  }

  async close(): Promise<void> {
    await this.wanted.stop();
    await this.notifier.onModuleDestroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
