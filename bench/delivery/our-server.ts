import { DataSource } from 'typeorm';
import { log } from '../../backend/dist/common/log.js';
import { ArtworkFiles } from '../../backend/dist/catalog/artwork-files.js';
import { Database } from '../../backend/dist/database/database.js';
import { Notifier } from '../../backend/dist/database/notifier.js';
import { HttpFront } from '../../backend/dist/http-front.js';
import { JobQueue } from '../../backend/dist/jobs/job-queue.js';
import { loadConfig } from '../../backend/dist/config/load-config.js';
import { countMedia } from '../../backend/dist/request-log.js';
import { FolderStore } from '../../backend/dist/storage/folder-store.js';
import { AlbumGains } from '../../backend/dist/streaming/album-gains.js';
import { GrantedTracks } from '../../backend/dist/streaming/granted-tracks.js';
import { LooseFiles } from '../../backend/dist/streaming/loose-files.js';
import { ManifestService } from '../../backend/dist/streaming/manifest.service.js';
import { MediaRoute } from '../../backend/dist/streaming/media-route.js';
import { RevokedHolders } from '../../backend/dist/streaming/revoked-holders.js';
import { SegmentSender } from '../../backend/dist/streaming/segment-sender.js';
import { signingKey } from '../../backend/dist/streaming/signing.js';
import { PlayedRungs } from '../../backend/dist/transcode/played-rungs.js';
import { RenditionRepository } from '../../backend/dist/transcode/rendition.repository.js';
import { ServedRenditions } from '../../backend/dist/transcode/served-renditions.js';
import { SegmentFinder } from '../../backend/dist/transcode/segment-finder.js';
import { Revocations } from '../../backend/dist/users/revocations.js';
import { SourceRepository } from '../../backend/dist/transcode/source.repository.js';

/** The front and the media route of an API process, put together as the server does. Arguments: url, store, key, bytes. */
const [url = '', store = '', secret = '', cacheBytes = '0'] = process.argv.slice(2);

log.level = 'error';
const source = await new DataSource({ type: 'postgres', url, poolSize: 4 }).initialize();
const db = new Database(source);
const notifier = new Notifier(db);
const sources = new SourceRepository(db);
const renditions = new RenditionRepository(db, notifier);
const finder = new SegmentFinder(renditions, sources, notifier);
await finder.onApplicationBootstrap();
const played = new PlayedRungs(sources, renditions, new JobQueue(url));
const objects = new FolderStore(store);
const segments = new SegmentSender(finder, played, new ServedRenditions(db), objects, Number(cacheBytes));
const revoked = new RevokedHolders(new Revocations(db, notifier), notifier, { dataDir: store });
await revoked.onApplicationBootstrap();
const key = signingKey(Buffer.from(secret, 'hex'));
const granted = new GrantedTracks(sources, renditions, finder, new AlbumGains(db));
const files = new LooseFiles(granted, new ArtworkFiles(db, objects));
const route = new MediaRoute(segments, new ManifestService(granted, key), files, key, revoked);
const front = new HttpFront(loadConfig(['--port', '0'], {}, store));
const port = await front.listen();
const nothing = (): void => undefined;
front.open({
  api: nothing,
  pages: nothing,
  media: countMedia(route.handle),
  isSetUp: () => Promise.resolve(true),
});
process.on('disconnect', () => process.exit(0));
process.send?.(port);
