/** Until when the server lets this browser play what it keeps. */
export interface Lease {
  readonly keepUntil: number;
  /** The latest moment that was ever seen: a clock that is set back buys nothing. */
  readonly seenAt: number;
}

/** Pure. */
export const isGood = (lease: Lease | null, nowMs: number): boolean =>
  lease !== null && Math.max(nowMs, lease.seenAt) < lease.keepUntil;

/** Pure. A wrong date of the server's is no reason to keep anything for ever. */
export const grantedLease = (keepUntil: string, nowMs: number): Lease => {
  const until = Date.parse(keepUntil);
  return { keepUntil: Number.isFinite(until) ? until : nowMs, seenAt: nowMs };
};

/** Pure. */
export const seenLater = (lease: Lease, nowMs: number): Lease => ({
  ...lease,
  seenAt: Math.max(lease.seenAt, nowMs),
});
