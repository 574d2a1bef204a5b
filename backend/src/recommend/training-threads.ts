import { Worker } from 'node:worker_threads';
import type { Stage, Tell, TrainingOutcome, TrainingTask } from './training-run.js';

type Told =
  | { readonly kind: 'progress'; readonly stage: Stage; readonly progress: number }
  | { readonly kind: 'done'; readonly outcome: TrainingOutcome };

/** A model takes what its plays take; more than this would starve the house. */
const HEAP_MB = 4096;

/** Trains in a thread of its own, so that nothing else of the process waits. */
export class TrainingThreads {
  constructor(private readonly file: URL = new URL('./training-thread.js', import.meta.url)) {}

  /** @throws when the thread dies, or is stopped */
  train(task: TrainingTask, tell: Tell, signal: AbortSignal): Promise<TrainingOutcome> {
    return inThread(this.file, task, tell, signal);
  }
}

const inThread = async (
  file: URL,
  task: TrainingTask,
  tell: Tell,
  signal: AbortSignal,
): Promise<TrainingOutcome> => {
  signal.throwIfAborted();
  const worker = new Worker(file, {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<TrainingOutcome>();
  const stop = (): void => reject(new Error('The training was stopped.', { cause: signal.reason }));
  signal.addEventListener('abort', stop, { once: true });
  worker.on('message', (told: Told) => {
    if (told.kind === 'progress') tell(told.stage, told.progress);
    else resolve(told.outcome);
  });
  worker.on('error', reject);
  worker.postMessage(task);
  worker.on('exit', () => reject(new Error('The training ended before its time.')));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
};
