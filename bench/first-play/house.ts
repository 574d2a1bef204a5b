import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { ArtworkFiles } from '../../backend/dist/catalog/artwork-files.js';
import { Database } from '../../backend/dist/database/database.js';
import { Notifier } from '../../backend/dist/database/notifier.js';
import { JobQueue } from '../../backend/dist/jobs/job-queue.js';
import type { FfmpegTools } from '../../backend/dist/media/find-ffmpeg.js';
import { FolderStore } from '../../backend/dist/storage/folder-store.js';
import { GrantService } from '../../backend/dist/streaming/grant.service.js';
import { AlbumGains } from '../../backend/dist/streaming/album-gains.js';
import { GrantedTracks } from '../../backend/dist/streaming/granted-tracks.js';
import { LooseFiles } from '../../backend/dist/streaming/loose-files.js';
import { ManifestService } from '../../backend/dist/streaming/manifest.service.js';
import { MediaRoute } from '../../backend/dist/streaming/media-route.js';
import { RevokedHolders } from '../../backend/dist/streaming/revoked-holders.js';
import { SegmentSender } from '../../backend/dist/streaming/segment-sender.js';
import { signingKey } from '../../backend/dist/streaming/signing.js';
import { BackgroundEncodes } from '../../backend/dist/transcode/background-encodes.js';
import { BackgroundGate } from '../../backend/dist/jobs/background-gate.js';
import { EncodeService } from '../../backend/dist/transcode/encode.service.js';
import { EncodeSlots } from '../../backend/dist/transcode/encode-slots.js';
import { ENCODER_CORES, LadderJobs } from '../../backend/dist/transcode/ladder-jobs.js';
import { LeaseRepository } from '../../backend/dist/transcode/lease.repository.js';
import { NextTracks } from '../../backend/dist/transcode/next-tracks.js';
import { PlayedRungs } from '../../backend/dist/transcode/played-rungs.js';
import { RenditionRepository } from '../../backend/dist/transcode/rendition.repository.js';
import { ServedRenditions } from '../../backend/dist/transcode/served-renditions.js';
import { SegmentFinder } from '../../backend/dist/transcode/segment-finder.js';
import { SourceRepository } from '../../backend/dist/transcode/source.repository.js';
import { WantedEncodes } from '../../backend/dist/transcode/wanted-encodes.js';
import { Revocations } from '../../backend/dist/users/revocations.js';

export interface House {
  readonly db: Database;
  readonly origin: string;
  readonly grants: GrantService;
  readonly sources: SourceRepository;
  readonly renditions: RenditionRepository;
  /** The worker's background, every rung of the ladder. */
  readonly ladder: LadderJobs;
  /** As if nobody had ever encoded the track; the route, which remembers what is ready, is told. */
  forgetRenditions(trackId: string): Promise<void>;
  /** The bytes of a finished rendition. */
  fileOf(storageKey: string): Buffer;
  close(): Promise<void>;
}

/** Replays are asked for once a round, so nothing is hot. */
const CACHE_BYTES = 0;

/** API and worker as their modules put them together, over a database and a store of the bench's own. */
export const openHouse = async (url: string, folder: string, tools: FfmpegTools): Promise<House> => {
  const source = await new DataSource({ type: 'postgres', url, poolSize: 8 }).initialize();
  const db = new Database(source);
  mkdirSync(folder, { recursive: true });
  const store = new FolderStore(folder);
  const notifier = new Notifier(db);
  const sources = new SourceRepository(db);
  const renditions = new RenditionRepository(db, notifier);
  const leases = new LeaseRepository(db, notifier);
  const slots = new EncodeSlots(ENCODER_CORES);
  const encodes = new EncodeService(leases, store, tools, slots);
  const wanted = new WantedEncodes(notifier, leases, sources, encodes, slots);
  const jobs = new JobQueue(url);
  await jobs.start();
  const finder = new SegmentFinder(renditions, sources, notifier);
  await finder.onApplicationBootstrap();
  const segments = new SegmentSender(
    finder,
    new PlayedRungs(sources, renditions, jobs),
    new ServedRenditions(db),
    store,
    CACHE_BYTES,
  );
  const revoked = new RevokedHolders(new Revocations(db, notifier), notifier, { dataDir: folder });
  const key = signingKey(Buffer.alloc(32, 1));
  const granted = new GrantedTracks(sources, renditions, finder, new AlbumGains(db));
  const manifests = new ManifestService(granted, key);
  const files = new LooseFiles(granted, new ArtworkFiles(db, store));
  const server = createServer(new MediaRoute(segments, manifests, files, key, revoked).handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A listening TCP server has one.
  await wanted.start();
  const gate = new BackgroundGate(() => Promise.resolve(false));
  return {
    db,
    origin: `http://127.0.0.1:${port}`,
    grants: new GrantService(granted, manifests, jobs, new NextTracks(renditions, jobs), key),
    sources,
    renditions,
    ladder: new LadderJobs('eager', sources, renditions, new BackgroundEncodes(leases, encodes, gate), {
      hasRoom: () => Promise.resolve(true),
    }),
    forgetRenditions: (trackId) =>
      db.transaction(async (tx) => {
        await db.query('DELETE FROM renditions WHERE track_id = $1', [trackId], tx);
        await notifier.publish('kanade_fragment', { trackId }, tx);
      }),
    fileOf: (storageKey) => readFileSync(join(folder, storageKey)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await wanted.stop();
      finder.onModuleDestroy();
      await segments.onModuleDestroy();
      await jobs.onModuleDestroy();
      await notifier.onModuleDestroy();
      await source.destroy();
    },
  };
};
