import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grantedLease, isGood, seenLater } from './lease';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);
const LEASE = grantedLease(new Date(NOW + 30 * DAY_MS).toISOString(), NOW);

describe('how long a device may play what it keeps', () => {
  it('is until the day that the server named, and no longer', () => {
    expect(isGood(LEASE, NOW)).toBe(true);
    expect(isGood(LEASE, NOW + 29 * DAY_MS)).toBe(true);
    expect(isGood(LEASE, NOW + 31 * DAY_MS)).toBe(false);
    expect(isGood(null, NOW)).toBe(false);
  });

  it('does not come back with a clock that is set back', () => {
    fc.assert(
      fc.property(fc.nat(90), fc.nat(90), (seenDays, laterDays) => {
        const seen = seenLater(LEASE, NOW + seenDays * DAY_MS);
        expect(isGood(seen, NOW - laterDays * DAY_MS)).toBe(seenDays < 30);
      }),
    );
  });

  it('is over at once where the server named no day', () => {
    expect(isGood(grantedLease('whenever', NOW), NOW)).toBe(false);
  });
});
