export { trainPopularity, type PopularityModel } from './popularity.js';
export type { Interactions } from './interactions.js';
