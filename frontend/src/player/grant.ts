/** Renew well before the end, never in a tight loop, and not on the word of a phone whose clock is wrong. */
const RENEW_AT_FRACTION = 0.6;
const SOONEST_MS = 15_000;
const LATEST_MS = 6 * 60_000;

/** How long to wait before a grant is asked for again. */
export const renewalDelayMs = (expiresAt: string, nowMs: number): number => {
  const left = Date.parse(expiresAt) - nowMs;
  const wanted = Number.isFinite(left) ? left * RENEW_AT_FRACTION : LATEST_MS;
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, wanted));
};

/**
 * The signature is the query and covers all of a track's media paths: whatever signature an address was written
 * with, it is sent with the newest one. Addresses of anything else are left alone.
 */
export function withNewestSignature(uri: string, signedUrl: string, base: string): string {
  const target = new URL(uri, base);
  const signed = new URL(signedUrl, base);
  const prefix = signed.pathname.slice(0, signed.pathname.indexOf('/', '/media/'.length) + 1);
  if (target.origin !== signed.origin || !target.pathname.startsWith(prefix)) return uri;
  target.search = signed.search;
  return target.href;
}
