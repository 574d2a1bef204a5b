export * from './data/histories.js';
export * from './data/interactions.js';
export * from './data/random.js';
export * from './models/model.js';
export * from './models/model-state.js';
export { popularity } from './models/popularity.js';
