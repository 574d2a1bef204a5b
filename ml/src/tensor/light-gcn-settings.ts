/** A type and no interface: settings are indexed by their names. */
export type LightGcnSettings = {
  readonly width: number;
  readonly layers: number;
  readonly steps: number;
  readonly rate: number;
  /** The temperature of the softmax: the smaller, the more the nearest items count. */
  readonly tau: number;
};

/** A quarter of the cost of the best ones known, `{ width: 256, steps: 80, rate: 0.0365, tau: 0.1971 }`. */
export const CHEAP: LightGcnSettings = { width: 64, layers: 2, steps: 50, rate: 0.05, tau: 0.2 };
