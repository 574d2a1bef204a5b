import type { HistoryEntry } from '../api/client';

export interface HeardDay {
  /** Its midnight, where the listener is. */
  readonly day: Date;
  readonly heard: readonly HistoryEntry[];
}

/** Pure but for the time zone: a list that is sorted by time, cut where a new day begins. */
export const byDay = (entries: readonly HistoryEntry[]): readonly HeardDay[] => {
  const days = new Map<number, HistoryEntry[]>();
  for (const entry of entries) {
    const midnight = new Date(entry.startedAt).setHours(0, 0, 0, 0);
    days.set(midnight, [...(days.get(midnight) ?? []), entry]);
  }
  return [...days].map(([midnight, heard]) => ({ day: new Date(midnight), heard }));
};
