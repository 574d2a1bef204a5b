import type { Histories } from '@kanade/ml';
import { normalised } from './signals.js';

/** What one listener and one track are to each other. */
export interface Liking {
  readonly userId: string;
  readonly trackId: string;
  /** Above nought; as it was kept, so that only those of one listener compare. */
  readonly gain: number;
  /** When the listener first had to do with the track. */
  readonly firstAt: number;
  /** When they last had. */
  readonly lastAt: number;
}

/** Which number stands for which track and listener: what ids are to people, rows are to a model. */
export interface Rows {
  readonly trackIds: readonly string[];
  readonly userIds: readonly string[];
}

const DAY_MS = 86_400_000;

/** Pure: in the order of their ids, so that the same likings give the same rows. */
export const rowsOf = (likings: readonly Liking[]): Rows => ({
  trackIds: [...new Set(likings.map(({ trackId }) => trackId))].sort(),
  userIds: [...new Set(likings.map(({ userId }) => userId))].sort(),
});

export const placesOf = (ids: readonly string[]): ReadonlyMap<string, number> =>
  new Map(ids.map((id, at) => [id, at]));

/** Pure: likings as rows of numbers; those of a track or a listener without a row are left out. */
export const historiesOf = (likings: readonly Liking[], rows: Rows, nowMs: number): Histories => {
  const trackAt = placesOf(rows.trackIds);
  const byUser = new Map<string, { item: number; gain: number; age: number }[]>();
  for (const { userId, trackId, gain, lastAt } of likings) {
    const item = trackAt.get(trackId);
    if (item === undefined || !(gain > 0)) continue;
    const own = byUser.get(userId) ?? [];
    own.push({ item, gain, age: Math.max(0, nowMs - lastAt) / DAY_MS });
    byUser.set(userId, own);
  }
  const each = rows.userIds.map((userId) => (byUser.get(userId) ?? []).sort((a, b) => a.item - b.item));
  const starts = new Int32Array(each.length + 1);
  each.forEach((own, user) => (starts[user + 1] = (starts[user] ?? 0) + own.length));
  return {
    userCount: each.length,
    itemCount: rows.trackIds.length,
    starts,
    items: Int32Array.from(each.flatMap((own) => own.map(({ item }) => item))),
    weights: Float32Array.from(each.flatMap((own) => normalised(own.map(({ gain }) => gain)))),
    ages: Float32Array.from(each.flatMap((own) => own.map(({ age }) => age))),
  };
};
