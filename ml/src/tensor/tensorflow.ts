import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

export type TensorBackend = 'node' | 'wasm';

const require = createRequire(import.meta.url);
const NODE_PACKAGE = '@tensorflow/tfjs-node';

/**
 * Makes TensorFlow.js ready in this thread and tells what it computes with: the native library where it is installed and
 * loads, else WebAssembly. The same code runs on both. `only` asks for one of them.
 * @throws Error when `only` names a backend that does not load.
 */
export async function openTensorFlow(only?: TensorBackend): Promise<TensorBackend> {
  const backend = only ?? (loadsNode() ? 'node' : 'wasm');
  if (backend === 'node' && !loadsNode())
    throw new Error(`${NODE_PACKAGE} is not installed or does not load`);
  if (backend === 'wasm') setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  const isSet = await tf.setBackend(backend === 'node' ? 'tensorflow' : 'wasm');
  if (!isSet) throw new Error(`TensorFlow.js could not start its ${backend} backend`);
  await tf.ready();
  return backend;
}

let nodeLoads: boolean | undefined;

/** Whether the native library is there. The answer is kept: a load that failed once fails again. */
export function loadsNode(): boolean {
  if (nodeLoads !== undefined) return nodeLoads;
  restoreOldTests();
  try {
    require(NODE_PACKAGE);
    nodeLoads = true;
  } catch {
    // An optional dependency: its installation needs a download that many machines cannot make.
    nodeLoads = false;
  }
  return nodeLoads;
}

/** tfjs-node 4.22 calls two functions that Node removed in version 23. */
function restoreOldTests(): void {
  const old = require('node:util') as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
}
