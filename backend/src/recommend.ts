import { setTimeout as pause } from 'node:timers/promises';
import type { Closers } from './closers.js';
import type { Config } from './config/config.js';
import { loadProcessConfig } from './config/load-config.js';
import { JobQueue } from './jobs/job-queue.js';
import { openVisited, runProgram } from './program.js';
import { readCommand, RECOMMEND_USAGE, type Command } from './recommend/command-options.js';
import { Likings } from './recommend/likings.js';
import { modelStoreOf } from './recommend/model-shelf.js';
import { Rollback } from './recommend/rollback.js';
import { TrainJob, TrainingRoom } from './recommend/train.job.js';
import { TrainingThreads } from './recommend/training-threads.js';
import { trainingLines } from './recommend/training-words.js';
import { Trainings } from './recommend/trainings.js';
import type { Training } from './recommend/trainings.dto.js';
import { Weights } from './recommend/weights.js';

const LOOK_EVERY_MS = 200;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const find = async (trainings: Trainings, id: string): Promise<Training> => {
  const { items } = await trainings.list({ limit: 50 });
  const training = items.find((each) => each.id === id);
  if (training === undefined) throw new Error('the training is gone');
  return training;
};

/** Here or in the worker that runs already, whoever takes it from the queue first. */
const train = async (trainings: Trainings): Promise<number> => {
  const { id } = await trainings.ask('asked');
  for (let told = ''; ;) {
    const training = await find(trainings, id);
    if (training.endedAt !== null) {
      trainingLines(training).forEach(say);
      return training.state === 'promoted' ? 0 : 1;
    }
    const stage = `${training.stage ?? training.state} ${Math.round(training.progress * 100)} %`;
    if (stage !== told) process.stderr.write(`recommend: ${stage}\n`);
    told = stage;
    await pause(LOOK_EVERY_MS);
  }
};

const status = async (trainings: Trainings, rollback: Rollback): Promise<number> => {
  const { current, kept } = await rollback.standing();
  say(
    kept.length === 0
      ? 'no model yet'
      : kept.map((each) => (each === current ? `${each} serves` : each)).join('\n'),
  );
  const [last] = (await trainings.list({ limit: 1 })).items;
  if (last) trainingLines(last).forEach(say);
  return 0;
};

const run = async (command: Command, config: Config, closers: Closers): Promise<number> => {
  const store = modelStoreOf(config);
  const rollback = new Rollback(store);
  if (command === 'rollback') {
    say(`${await rollback.toPrevious()} serves`);
    return 0;
  }
  const { db, url } = await openVisited(config, closers);
  const jobs = new JobQueue(url);
  const trainings = new Trainings(db, jobs);
  if (command === 'status') return status(trainings, rollback);
  const job = new TrainJob(
    trainings,
    new TrainingRoom(new Weights(db), new Likings(db), store, new TrainingThreads()),
  );
  closers.add(() => jobs.onModuleDestroy());
  await jobs.help('recommend.train', ({ trainingId }, signal, isLast) => job.run(trainingId, signal, isLast));
  return train(trainings);
};

runProgram('recommend', RECOMMEND_USAGE, async (closers) => {
  const { command, rest } = readCommand(process.argv.slice(2));
  return run(command, loadProcessConfig(rest), closers);
});
