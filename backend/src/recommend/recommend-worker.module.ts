import { Module } from '@nestjs/common';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { Candidates } from './candidates.js';
import { Likings } from './likings.js';
import { MODEL_STORE } from './model-shelf.js';
import { Models } from './models.js';
import { RecommendClock } from './recommend-clock.js';
import { TrainJob, TrainingRoom } from './train.job.js';
import { TrainingThreads } from './training-threads.js';
import { Trainings } from './trainings.js';
import { WeeklyJob } from './weekly.job.js';
import { WeeklyLists } from './weekly-lists.js';
import { WeeklyMaker } from './weekly-maker.js';
import { Weights } from './weights.js';

/** The worker's side of recommending: weighing, training. */
@Module({
  providers: [
    MODEL_STORE,
    Models,
    { provide: TrainingThreads, useFactory: () => new TrainingThreads() },
    Weights,
    Likings,
    VisibleLibraries,
    Candidates,
    WeeklyLists,
    WeeklyMaker,
    WeeklyJob,
    Trainings,
    TrainingRoom,
    TrainJob,
    RecommendClock,
  ],
  exports: [TrainJob, WeeklyJob],
})
export class RecommendWorkerModule {}
