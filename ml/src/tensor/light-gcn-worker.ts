import { parentPort, workerData } from 'node:worker_threads';
import type { LightGcnTask } from './light-gcn-thread.js';
import { trainLightGcn } from './light-gcn-training.js';

// Only light-gcn-thread.ts starts it, with a task.
const { data, settings, seed, only } = workerData as LightGcnTask;
const { state } = await trainLightGcn(data, settings, seed, only);
parentPort?.postMessage(state);
