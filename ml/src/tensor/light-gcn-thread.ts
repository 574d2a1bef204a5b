import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { assertHistories, type Histories } from '../data/histories.js';
import type { ModelState, Trainer } from '../models/model.js';
import { LIGHT_GCN, restoreLightGcn } from './light-gcn-model.js';
import { CHEAP, type LightGcnSettings } from './light-gcn-settings.js';
import type { TensorBackend } from './tensorflow.js';

export interface LightGcnTask {
  readonly data: Histories;
  readonly settings: LightGcnSettings;
  readonly seed: number;
  readonly only?: TensorBackend;
}

export interface ThreadLaunch {
  readonly file: string;
  readonly execArgv: readonly string[];
}

const LAUNCH: ThreadLaunch = {
  file: fileURLToPath(new URL('./light-gcn-worker.js', import.meta.url)),
  execArgv: [],
};

/** LightGCN on a thread of its own, which ends with the training: whoever waits for it can do other things. */
export const lightGcnOnThread = (only?: TensorBackend, launch = LAUNCH): Trainer<LightGcnSettings> => ({
  name: LIGHT_GCN,
  defaults: CHEAP,
  train: async (data, settings, seed) => {
    assertHistories(data);
    const task: LightGcnTask = { data, settings, seed, ...(only === undefined ? {} : { only }) };
    return restoreLightGcn(await stateOf(task, launch));
  },
  restore: restoreLightGcn,
});

function stateOf(task: LightGcnTask, { file, execArgv }: ThreadLaunch): Promise<ModelState> {
  const { promise, resolve, reject } = Promise.withResolvers<ModelState>();
  const worker = new Worker(file, { workerData: task, execArgv: [...execArgv], env: {} });
  worker.on('message', resolve);
  worker.on('error', reject);
  worker.on('exit', (code) => reject(new Error(`the training ended with ${code} and no model`)));
  return promise.finally(() => worker.terminate());
}
