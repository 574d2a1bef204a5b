import { parentPort } from 'node:worker_threads';
import { runTraining, type TrainingTask } from './training-run.js';

const train = async (task: TrainingTask): Promise<void> => {
  const outcome = await runTraining(task, (stage, progress) =>
    parentPort?.postMessage({ kind: 'progress', stage, progress }),
  );
  parentPort?.postMessage({ kind: 'done', outcome });
};

/** The thread in which a model is trained: one task, and it ends. What fails ends it, too. */
parentPort?.once('message', (task: TrainingTask) => void train(task));
