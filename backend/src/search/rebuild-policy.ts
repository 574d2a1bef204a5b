export interface IndexState {
  /** Null: never. */
  readonly builtAgoMs: number | null;
  readonly tookMs: number;
  readonly docs: number;
  /** What has changed since, and is searched beside the index. */
  readonly fresh: number;
  /** For how long nothing has changed. */
  readonly quietMs: number;
}

const DAY_MS = 24 * 3600 * 1000;
/** Searching so many rows beside the index is not felt. */
const FRESH_ALWAYS = 2000;
const FRESH_SHARE = 0.1;
const LEAST_QUIET_MS = 3000;
/** A twentieth of a core at most, while things change now and then. */
const QUIET_FOR_ITS_COST = 20;

/** Pure: whether the index is to be built anew: soon after the last change of a small one, daily for the sake of popularity. */
export const shouldRebuild = ({ builtAgoMs, tookMs, docs, fresh, quietMs }: IndexState): boolean => {
  if (builtAgoMs === null || builtAgoMs > DAY_MS) return true;
  if (fresh === 0) return false;
  if (fresh > FRESH_ALWAYS + docs * FRESH_SHARE) return true;
  return quietMs >= Math.max(LEAST_QUIET_MS, tookMs * QUIET_FOR_ITS_COST);
};
