import { ModelStore, restoreModel, type Manifest, type Model, type ModelState } from '@kanade/ml';
import type { FactoryProvider } from '@nestjs/common';
import { join } from 'node:path';
import { CONFIG, type Config } from '../config/config.js';
import type { Recipe } from './training-run.js';

/** The model itself, and which track each of its items is, a line each. */
const RANKING = 'ranking';
const TRACKS = 'tracks.txt';

export const modelStoreOf = ({ dataDir }: Pick<Config, 'dataDir'>): ModelStore =>
  new ModelStore(join(dataDir, 'models'));

export const MODEL_STORE: FactoryProvider<ModelStore> = {
  provide: ModelStore,
  inject: [CONFIG],
  useFactory: modelStoreOf,
};

/** A model that can be asked of tracks. */
export interface Recommender {
  readonly version: string;
  /** Which way was taken to it. */
  readonly path: string;
  readonly trackIds: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  readonly model: Model;
}

/** Makes a model that serves from now on. @returns its version */
export const promote = async (
  store: ModelStore,
  training: Manifest['training'],
  state: ModelState,
  trackIds: readonly string[],
): Promise<string> => {
  const attached = new Map([[TRACKS, Buffer.from(trackIds.join('\n'))]]);
  const version = await store.save({ training, parts: { [RANKING]: state }, attached });
  await store.makeCurrent(version);
  await store.prune();
  return version;
};

/** @throws RangeError when the parts do not fit each other */
export const toRecommender = ({
  manifest,
  parts,
  attached,
}: Awaited<ReturnType<ModelStore['read']>>): Recommender => {
  const state = parts[RANKING];
  if (state === undefined) throw new RangeError('the model has no ranking');
  const text = Buffer.from(attached.get(TRACKS) ?? []).toString('utf8');
  const trackIds = text === '' ? [] : text.split('\n');
  if (trackIds.length !== state.itemCount)
    throw new RangeError(`the model has ${state.itemCount} items, and ${trackIds.length} tracks are named`);
  return {
    version: manifest.version,
    path: manifest.training.path,
    trackIds,
    places: new Map(trackIds.map((id, at) => [id, at])),
    model: restoreModel(state),
  };
};

/** By what a model was made. */
export const recipeOf = ({ training: { path, settings } }: Manifest): Recipe => ({
  rung: path,
  settings: settings[path] ?? {},
});
