import { assertHistories } from '../data/histories.js';
import type { Trainer } from '../models/model.js';
import { LIGHT_GCN, restoreLightGcn } from './light-gcn-model.js';
import { CHEAP, type LightGcnSettings } from './light-gcn-settings.js';
import type { TensorBackend } from './tensorflow.js';

/**
 * LightGCN (He et al., 2020): what a listener and an item are spreads along the plays, without weights to learn but the
 * first embeddings themselves; with a softmax loss over items in place of the paper's pairs.
 */
export const lightGcn = (only?: TensorBackend): Trainer<LightGcnSettings> => ({
  name: LIGHT_GCN,
  defaults: CHEAP,
  train: async (data, settings, seed) => {
    assertHistories(data);
    // Whoever only asks a model has no use for TensorFlow.js, which takes its time to load.
    const { trainLightGcn } = await import('./light-gcn-training.js');
    return trainLightGcn(data, settings, seed, only);
  },
  restore: restoreLightGcn,
});
