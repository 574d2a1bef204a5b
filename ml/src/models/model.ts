import type { Histories, History } from '../data/histories.js';

/** What a trained model is made of: numbers alone, so that it goes to another thread or into a file as it is. */
export interface ModelState {
  /** The name of the trainer that knows how to make a model of it again. */
  readonly kind: string;
  readonly itemCount: number;
  readonly numbers: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, Int32Array | Float32Array | Float64Array>>;
  /** Of a blend: what it is mixed from. */
  readonly members?: readonly ModelState[];
}

/** Scores what a listener may like; a higher score comes first, and only their order means anything. */
export interface Model {
  readonly itemCount: number;
  /** One score an item, whatever the listener has heard; shape [itemCount]. */
  scores(history: History): Float32Array;
  readonly state: ModelState;
}

/** Where a score comes from, exactly: one share an item of the history, and shares sum to the score. */
export interface Explaining {
  explain(history: History, item: number): Float64Array;
}

export type ExplainingModel = Model & Explaining;

export const isExplaining = (model: Model): model is ExplainingModel => 'explain' in model;

/** Flat and numeric, so that settings can be searched, stored and printed alike. */
export type Settings = Readonly<Record<string, number>>;

/** Makes a model; the same data, settings, seed and backend give the same bits. */
export interface Trainer<S extends Settings = Settings> {
  readonly name: string;
  readonly defaults: S;
  train(data: Histories, settings: S, seed: number): Model | Promise<Model>;
  /** Makes the model again of what it said of itself. @throws RangeError when the state is not whole. */
  restore(state: ModelState): Model;
}
