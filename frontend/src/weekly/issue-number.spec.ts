import { describe, expect, it } from '@jest/globals';
import { issueNumber, nextMonday } from './issue-number';

describe('the number of an issue', () => {
  it.each([
    ['2026-11-16', 47],
    ['2026-12-28', 53],
    ['2027-01-04', 1],
    ['2024-12-30', 1],
  ])('of the week from %s is %i, as calendars count', (monday, number) => {
    expect(issueNumber(monday)).toBe(number);
  });

  it('gives way to the next one a week later, also over the end of a year', () => {
    expect(nextMonday('2026-12-28')).toBe('2027-01-04');
  });
});
