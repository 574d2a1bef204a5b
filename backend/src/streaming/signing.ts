import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { LONGEST_GRANT_SECONDS } from '../users/revocations.js';

/** Long enough to ride out a bad connection, short enough that a copied URL soon dies; the player renews it. */
export const GRANT_SECONDS = LONGEST_GRANT_SECONDS;

export interface SigningKey {
  /** Names the key in each URL, so that a new key can be brought in while old URLs still count. */
  readonly id: string;
  readonly secret: Buffer;
}

/** What a signature allows: everything below one path prefix, to one holder, until a moment. */
export interface MediaPermit {
  readonly prefix: string;
  readonly holder: string;
  readonly expiresAtSeconds: number;
}

export const signingKey = (secret: Buffer): SigningKey => ({
  id: createHash('sha256').update('kanade media key\n').update(secret).digest('hex').slice(0, 8),
  secret,
});

/** A line each, so that no two permits share a text: prefixes and holders hold no line breaks. */
const macOf = (secret: Buffer, prefix: string, holder: string, expires: string, keyId: string): string =>
  createHmac('sha256', secret).update(`1\n${prefix}\n${holder}\n${expires}\n${keyId}`).digest('base64url');

const HOLDER = /^[A-Za-z0-9_.-]{1,128}$/;

/** The query that makes a URL below the prefix a permitted one; it stays outside any cache key. */
export const signedQuery = (key: SigningKey, permit: MediaPermit): string => {
  if (!HOLDER.test(permit.holder)) throw new Error('a holder is a short plain id');
  const expires = String(permit.expiresAtSeconds);
  const mac = macOf(key.secret, permit.prefix, permit.holder, expires, key.id);
  return `h=${permit.holder}&e=${expires}&k=${key.id}&s=${mac}`;
};

const QUERY = /^h=([A-Za-z0-9_.-]{1,128})&e=([0-9]{1,12})&k=([0-9a-f]{8})&s=([A-Za-z0-9_-]{43})$/;

/**
 * The permit that a query carries for a prefix, or undefined when any byte of it is not as signed or its time is
 * over. The texts are compared as they stand: base64url has spare bits, so two texts can mean the same bytes.
 */
export const verifyQuery = (
  keys: readonly SigningKey[],
  prefix: string,
  query: string,
  nowSeconds: number,
): MediaPermit | undefined => {
  const [, holder, expires, keyId, mac] = QUERY.exec(query) ?? [];
  const key = keys.find((known) => known.id === keyId);
  if (holder === undefined || expires === undefined || mac === undefined || key === undefined)
    return undefined;
  const expected = Buffer.from(macOf(key.secret, prefix, holder, expires, key.id));
  if (!timingSafeEqual(expected, Buffer.from(mac))) return undefined;
  const expiresAtSeconds = Number(expires);
  return nowSeconds < expiresAtSeconds ? { prefix, holder, expiresAtSeconds } : undefined;
};
