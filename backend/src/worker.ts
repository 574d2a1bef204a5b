import { NestFactory } from '@nestjs/core';
import { SortKeyRefresh } from './catalog/sort-key-refresh.js';
import { log } from './common/log.js';
import { loadProcessConfig } from './config/load-config.js';
import { openDatabase } from './database/open-database.js';
import { migrate } from './database/migrate.js';
import { WorkerPresence } from './database/worker-presence.js';
import { IngestJobs } from './ingest/ingest-jobs.js';
import { JobQueue } from './jobs/job-queue.js';
import { findFfmpeg } from './media/find-ffmpeg.js';
import { WeeklyJob } from './recommend/weekly.job.js';
import { TrainJob } from './recommend/train.job.js';
import { SearchRebuild } from './search/search-rebuild.js';
import { workerLegacy } from './transcode/worker-legacy.js';
import { LadderJobs } from './transcode/ladder-jobs.js';
import { NestLog } from './nest-log.js';
import { onStopSignal } from './stop-signals.js';
import { WorkerModule } from './worker.module.js';

/** The worker process: scans, watches, analyses and encodes. On one machine the API process starts it, with its database. */
const run = async (): Promise<void> => {
  const config = loadProcessConfig();
  log.level = config.logLevel;
  const database = await openDatabase(config);
  await migrate(database.url);
  const tools = await findFfmpeg(config);
  const presence = await WorkerPresence.enter(database.url, workerLegacy);
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config, database.url, tools), {
    logger: new NestLog(),
    abortOnError: false,
  });
  onStopSignal(() => app.close().then(() => presence.leave()));
  const ingest = app.get(IngestJobs);
  const ladder = app.get(LadderJobs);
  const sortKeys = app.get(SortKeyRefresh);
  const search = app.get(SearchRebuild);
  const training = app.get(TrainJob);
  const weekly = app.get(WeeklyJob);
  await app.get(JobQueue).work({
    'ingest.scan': (data, signal) => ingest.scan(data, signal),
    'ingest.analyse': (data, signal, isLast) => ingest.analyse(data, signal, isLast),
    'ingest.remeasure': (data, signal, isLast) => ingest.remeasure(data, signal, isLast),
    'transcode.track': ({ trackId }, signal) => ladder.encodeTrack(trackId, signal),
    'catalog.sort-keys': (_, signal) => sortKeys.refresh(signal),
    'search.rebuild': async (_, signal) => void (await search.run(signal)),
    'recommend.train': ({ trainingId }, signal, isLast) => training.run(trainingId, signal, isLast),
    'recommend.weekly': ({ userId }) => weekly.run(userId),
  });
};

run().catch((error: unknown) => {
  log.fatal({ err: error }, 'the worker could not start');
  process.exit(1);
});
