export * from './data/histories.js';
export * from './data/interactions.js';
export * from './data/random.js';
export * from './models/model.js';
export * from './models/model-state.js';
export { popularity } from './models/popularity.js';
export * from './data/generated.js';
export * from './data/splits.js';
export * from './measure/ranking.js';
export { itemKnn, type ItemKnnSettings } from './models/item-knn.js';
export { ease, type EaseSettings } from './models/ease.js';
export * from './models/neighbour-lists.js';
export { lightGcn } from './tensor/light-gcn.js';
export { isNearing, type NearingModel } from './tensor/light-gcn-model.js';
export { lightGcnOnThread } from './tensor/light-gcn-thread.js';
export type { LightGcnSettings } from './tensor/light-gcn-settings.js';
export type { TensorBackend } from './tensor/tensorflow.js';
export { ModelStore, type NewModel, type StoredModel } from './directory/model-store.js';
export { ModelDirectoryError, type RefusalCode } from './directory/model-directory-error.js';
export { ServedModel, type Look } from './directory/served-model.js';
export type { Gate, Manifest, TrainingFacts } from './directory/manifest.js';
export {
  readInteractions,
  writeInteractions,
  type ExportedInteractions,
  type RowIds,
} from './directory/interaction-files.js';
export { ownShare, simulate, simulatedInteractions } from './simulator/simulate.js';
export { HOUSE, type Simulation, type SimulationShape } from './simulator/simulation-shape.js';
export {
  factorsOfModel,
  modelOfArtists,
  readArtistFactors,
  writeArtistFactors,
  type ArtistFactors,
  type FactorOrigin,
} from './factors/artist-factors.js';
export { AudioEncoder, restoreEncoder } from './embedding/encoder.js';
export type { SoundWindow } from './embedding/excerpt.js';
export { ENCODER_DEFAULTS, trainEncoder, type EncoderSettings } from './embedding/train-encoder.js';
export { userKnn, FEW_LISTENERS, type UserKnnSettings } from './models/user-knn.js';
export {
  ials,
  trainIals,
  factorModel,
  type FactorModel,
  type IalsOptions,
  type IalsSettings,
} from './models/ials.js';
export { decayedPopularity } from './models/decayed-popularity.js';
export { rarity } from './models/rarity.js';
export * from './models/blend.js';
export * from './models/registry.js';
export * from './measure/bootstrap.js';
export * from './search/search-settings.js';
export { SPACES, type Space } from './search/spaces.js';
export * from './search/blend-weights.js';
