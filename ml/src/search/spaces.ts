import { FEW_LISTENERS } from '../models/user-knn.js';
import type { Settings } from '../models/model.js';

export type Range =
  | { readonly from: number; readonly to: number; readonly scale: 'even' | 'log' | 'whole' }
  | { readonly of: readonly number[] };

/** What a search may try of one model. */
export interface Space {
  /** How many trainings a whole search takes; the fixed points are tried however few there may be. */
  readonly trainings: number;
  /** Always tried, besides the defaults: settings do not transfer, and plain ones are hard to beat on some data. */
  readonly fixed: readonly Settings[];
  readonly ranges: Readonly<Record<string, Range>>;
}

const SMALL_IALS = { dimensions: 64, epochs: 8, nu: 1 };
const IALS_GRID = [0.02, 0.05, 0.1, 0.2, 0.4].flatMap((alpha) =>
  [0.01, 0.02, 0.04].map((lambda) => ({ ...SMALL_IALS, alpha, lambda })),
);

/** A model without a space is trained by its defaults. */
export const SPACES: Readonly<Record<string, Space>> = {
  'decayed-popularity': {
    trainings: 0,
    fixed: [3, 7, 14, 90, 365].map((halfLifeDays) => ({ halfLifeDays })),
    ranges: { halfLifeDays: { from: 1, to: 1000, scale: 'log' } },
  },
  'item-knn': {
    trainings: 40,
    fixed: [
      { listenerDamping: 0, sourceDamping: 0.5, targetDamping: 0.5, power: 1, neighbours: 0 },
      { listenerDamping: 0, sourceDamping: 0.5, targetDamping: 0.5, power: 1, neighbours: 100 },
      { listenerDamping: 1, sourceDamping: 1, targetDamping: 0.4, power: 1, neighbours: 0 },
    ],
    ranges: {
      listenerDamping: { from: 0, to: 1.5, scale: 'even' },
      sourceDamping: { from: 0, to: 1, scale: 'even' },
      targetDamping: { from: 0, to: 1, scale: 'even' },
      power: { from: 0.3, to: 1.6, scale: 'even' },
      neighbours: { of: [0, 100, 300] },
    },
  },
  'user-knn': {
    trainings: 36,
    fixed: [
      {
        ownDamping: 0.5,
        otherDamping: 0.5,
        itemDamping: 0,
        power: 1,
        neighbours: 0,
        targetDamping: 0,
        weighted: 0,
      },
      { ...FEW_LISTENERS },
    ],
    ranges: {
      otherDamping: { from: 0, to: 1, scale: 'even' },
      itemDamping: { from: 0, to: 1.2, scale: 'even' },
      power: { from: 0.5, to: 3, scale: 'even' },
      neighbours: { from: 20, to: 640, scale: 'whole' },
      targetDamping: { from: 0, to: 0.8, scale: 'even' },
      weighted: { of: [0, 1] },
    },
  },
  ease: {
    trainings: 26,
    fixed: [30, 100, 300, 1000].map((lambda) => ({
      lambda,
      dropout: 0,
      listenerDamping: 0,
      targetDamping: 0,
    })),
    ranges: {
      lambda: { from: 10, to: 2000, scale: 'log' },
      dropout: { from: 0, to: 0.3, scale: 'even' },
      listenerDamping: { from: 0, to: 1, scale: 'even' },
      targetDamping: { from: 0, to: 0.7, scale: 'even' },
    },
  },
  ials: {
    trainings: 40,
    fixed: IALS_GRID,
    ranges: {
      dimensions: { of: [32, 64, 128] },
      epochs: { from: 6, to: 16, scale: 'whole' },
      alpha: { from: 0.005, to: 1, scale: 'log' },
      lambda: { from: 0.002, to: 0.1, scale: 'log' },
      nu: { from: 0.9, to: 1.1, scale: 'even' },
    },
  },
};
