import { describe, expect, it } from '@jest/globals';
import type { HistoryEntry } from '../api/client';
import { trackForSpecs } from '../api/track-for-specs';
import { byDay } from './history-days';

const at = (day: number, hour: number): HistoryEntry => ({
  id: `${day} ${hour}`,
  startedAt: new Date(2026, 2, day, hour).toISOString(),
  playedMs: 1000,
  outcome: 'play',
  source: null,
  sourceId: null,
  track: trackForSpecs('Title'),
});

describe('a history', () => {
  it('is cut at the midnights of where its listener is, and keeps its order', () => {
    const days = byDay([at(3, 23), at(3, 0), at(2, 23), at(1, 5)]);
    expect(days.map(({ day }) => day)).toEqual([
      new Date(2026, 2, 3),
      new Date(2026, 2, 2),
      new Date(2026, 2, 1),
    ]);
    expect(days.map(({ heard }) => heard.map(({ id }) => id))).toEqual([['3 23', '3 0'], ['2 23'], ['1 5']]);
  });

  it('may be empty', () => {
    expect(byDay([])).toEqual([]);
  });
});
