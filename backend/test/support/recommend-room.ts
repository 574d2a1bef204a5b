import { ModelStore } from '@kanade/ml';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrackReads } from '../../src/catalog/track-reads.js';
import type { Database } from '../../src/database/database.js';
import type { JobHandlers } from '../../src/jobs/job-map.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { VisibleLibraries } from '../../src/libraries/visible-libraries.js';
import { Candidates } from '../../src/recommend/candidates.js';
import { Likings } from '../../src/recommend/likings.js';
import { Models } from '../../src/recommend/models.js';
import { ReasonReads } from '../../src/recommend/reason-reads.js';
import { Rollback } from '../../src/recommend/rollback.js';
import { PlaylistTracks } from '../../src/playlists/playlist-tracks.js';
import { RadioService } from '../../src/recommend/radio.service.js';
import { SeedTracks } from '../../src/recommend/seed-tracks.js';
import { SmartReads } from '../../src/smart-lists/smart-reads.js';
import { SmartLists } from '../../src/smart-lists/smart-lists.js';
import { TasteService } from '../../src/recommend/taste.service.js';
import { TrainJob, TrainingRoom } from '../../src/recommend/train.job.js';
import { TrainingThreads } from '../../src/recommend/training-threads.js';
import { Trainings } from '../../src/recommend/trainings.js';
import type { Training } from '../../src/recommend/trainings.dto.js';
import { WeeklyJob } from '../../src/recommend/weekly.job.js';
import { WeeklyLists } from '../../src/recommend/weekly-lists.js';
import { WeeklyMaker } from '../../src/recommend/weekly-maker.js';
import { WeeklyService } from '../../src/recommend/weekly.service.js';
import { Weights } from '../../src/recommend/weights.js';
import { eventually } from './client.js';
import { IDLE_HANDLERS } from './idle-handlers.js';

/** The room of recommending as both processes put it together, with the real queue and a folder of models. */
export const openRecommendRoom = async (db: Database, url: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'kanade-models-'));
  const store = new ModelStore(folder);
  const queue = new JobQueue(url);
  const weights = new Weights(db);
  const trainings = new Trainings(db, queue);
  const threads = new TrainingThreads(new URL('../../dist/recommend/training-thread.js', import.meta.url));
  const job = new TrainJob(trainings, new TrainingRoom(weights, new Likings(db), store, threads));
  const models = new Models(store);
  const candidates = new Candidates(db);
  const lists = new WeeklyLists(db);
  const maker = new WeeklyMaker(db, models, candidates, lists);
  const taste = new TasteService(db, weights);
  const libraries = new VisibleLibraries(db);
  const weeklyJob = new WeeklyJob(db, queue, libraries, maker);
  const tracks = new TrackReads(db);
  const handlers: JobHandlers = {
    ...IDLE_HANDLERS,
    'recommend.weekly': ({ userId }) => weeklyJob.run(userId),
    'recommend.train': ({ trainingId }, signal, isLast) => job.run(trainingId, signal, isLast),
  };
  await queue.work(handlers);
  const train = async (): Promise<Training> => {
    const { id } = await trainings.ask('asked');
    const find = async (): Promise<Training | undefined> =>
      (await trainings.list({ limit: 50 })).items.find((training) => training.id === id);
    const ended = await eventually(find, (training) => training?.endedAt !== null);
    if (ended === undefined) throw new Error('the training is gone');
    return ended;
  };
  return {
    folder,
    store,
    queue,
    weights,
    trainings,
    models,
    candidates,
    lists,
    taste,
    libraries,
    weeklyJob,
    radio: new RadioService(
      models,
      candidates,
      new SeedTracks(db, new PlaylistTracks(db, new SmartLists(db, new SmartReads(db), libraries))),
      tracks,
    ),
    rollback: new Rollback(store),
    weekly: new WeeklyService(taste, maker, lists, tracks, new ReasonReads(db)),
    train,
    close: async (): Promise<void> => {
      await queue.onModuleDestroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
export type RecommendRoom = Awaited<ReturnType<typeof openRecommendRoom>>;
