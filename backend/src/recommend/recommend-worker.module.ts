import { Module } from '@nestjs/common';
import { Likings } from './likings.js';
import { MODEL_SHELF } from './model-shelf.provider.js';
import { RecommendClock } from './recommend-clock.js';
import { TrainJob, TrainingRoom } from './train.job.js';
import { TrainingThreads } from './training-threads.js';
import { Trainings } from './trainings.js';
import { Weights } from './weights.js';

/** The worker's side of recommending: weighing, training. */
@Module({
  providers: [
    MODEL_SHELF,
    { provide: TrainingThreads, useFactory: () => new TrainingThreads() },
    Weights,
    Likings,
    Trainings,
    TrainingRoom,
    TrainJob,
    RecommendClock,
  ],
  exports: [TrainJob],
})
export class RecommendWorkerModule {}
