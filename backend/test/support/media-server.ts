import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ArtworkFiles } from '../../src/catalog/artwork-files.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { GrantService } from '../../src/streaming/grant.service.js';
import { AlbumGains } from '../../src/streaming/album-gains.js';
import { GrantedTracks } from '../../src/streaming/granted-tracks.js';
import { LooseFiles } from '../../src/streaming/loose-files.js';
import { ManifestService } from '../../src/streaming/manifest.service.js';
import { MediaRoute } from '../../src/streaming/media-route.js';
import { RevokedHolders } from '../../src/streaming/revoked-holders.js';
import { SegmentSender } from '../../src/streaming/segment-sender.js';
import type { SigningKey } from '../../src/streaming/signing.js';
import { NextTracks } from '../../src/transcode/next-tracks.js';
import { PlayedRungs } from '../../src/transcode/played-rungs.js';
import { ServedRenditions } from '../../src/transcode/served-renditions.js';
import { SegmentFinder } from '../../src/transcode/segment-finder.js';
import { Revocations } from '../../src/users/revocations.js';
import type { TestEncoders } from './encoders.js';
import type { TestDatabase } from './postgres.js';

/** Enough for the few segments of a suite; those beyond an eighth of it are always read. */
const SEGMENT_CACHE_BYTES = 4 << 20;

/** What an API process is made of as far as media go, on a port of its own. */
export class TestMediaServer {
  private constructor(
    readonly origin: string,
    readonly grants: GrantService,
    readonly jobs: JobQueue,
    private readonly server: Server,
    private readonly finder: SegmentFinder,
    private readonly segments: SegmentSender,
    private readonly revoked: RevokedHolders,
    readonly revocations: Revocations,
  ) {}

  static async start(
    database: TestDatabase,
    encoders: TestEncoders,
    key: SigningKey,
    waitLimitMs?: number,
  ): Promise<TestMediaServer> {
    const { sources, renditions, notifier, store } = encoders;
    const jobs = new JobQueue(database.url);
    await jobs.start();
    const finder = new SegmentFinder(renditions, sources, notifier, waitLimitMs);
    await finder.onApplicationBootstrap();
    const played = new PlayedRungs(sources, renditions, jobs);
    const served = new ServedRenditions(database.db);
    const segments = new SegmentSender(finder, played, served, store, SEGMENT_CACHE_BYTES);
    const granted = new GrantedTracks(sources, renditions, finder, new AlbumGains(database.db));
    const manifests = new ManifestService(granted, key);
    const revocations = new Revocations(database.db, notifier);
    const revoked = new RevokedHolders(revocations, notifier, { dataDir: encoders.folder });
    await revoked.onApplicationBootstrap();
    const files = new LooseFiles(granted, new ArtworkFiles(database.db, store));
    const route = new MediaRoute(segments, manifests, files, key, revoked);
    const server = createServer(route.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // A listening TCP server has one.
    const grants = new GrantService(granted, manifests, jobs, new NextTracks(renditions, jobs), key);
    return new TestMediaServer(
      `http://127.0.0.1:${port}`,
      grants,
      jobs,
      server,
      finder,
      segments,
      revoked,
      revocations,
    );
  }

  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.origin + path, init);
  }

  async bytes(path: string): Promise<Buffer> {
    const response = await this.get(path);
    if (response.status !== 200) throw new Error(`${response.status} for ${path}: ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.revoked.onModuleDestroy();
    this.finder.onModuleDestroy();
    await this.segments.onModuleDestroy();
    await this.jobs.onModuleDestroy();
  }
}
