import { describe, expect, it } from '@jest/globals';
import { isTrainingDue } from './training-clock.js';

const HOUR = 3_600_000;
const at = (hour: number): Date => new Date(2026, 4, 6, hour, 30);
const due = (hour: number, hoursAgo: number): boolean =>
  isTrainingDue(at(hour).getTime() - hoursAgo * HOUR, at(hour));

describe('the hour of training', () => {
  it('is the night after, and any hour where the night was missed', () => {
    expect(due(4, 23)).toBe(true);
    expect(due(14, 20)).toBe(false);
    expect(due(14, 31)).toBe(true);
    expect(due(4, 2)).toBe(false);
  });

  it('has come where nothing was ever trained', () => expect(isTrainingDue(null, at(14))).toBe(true));

  it('does not wait for a day that the clock was set back from', () => {
    expect(due(14, -0.5)).toBe(false);
    expect(due(14, -24 * 300)).toBe(true);
  });
});
