import { describe, expect, it } from '@jest/globals';
import { signedQuery, signingKey } from './signing.js';
import { VerifiedPermits } from './verified-permits.js';

const KEY = signingKey(Buffer.alloc(32, 1));
const PREFIX = '/media/0195e9d2-0000-7000-8000-000000000001/';
const query = signedQuery(KEY, { prefix: PREFIX, holder: 'a-listener', expiresAtSeconds: 1000 });

describe('permits that were verified before', () => {
  it('hold again for the same bytes until they expire', () => {
    const permits = new VerifiedPermits([KEY]);
    for (const now of [10, 500, 999]) expect(permits.verify(PREFIX, query, now)?.holder).toBe('a-listener');
    expect(permits.verify(PREFIX, query, 1000)).toBeUndefined();
    expect(permits.verify(PREFIX, query, 1001)).toBeUndefined();
  });

  it('say nothing about any other bytes', () => {
    const permits = new VerifiedPermits([KEY]);
    expect(permits.verify(PREFIX, query, 10)).toBeDefined();
    for (let at = 0; at < query.length; at++) {
      const changed = `${query.slice(0, at)}${query[at] === '0' ? '1' : '0'}${query.slice(at + 1)}`;
      expect(permits.verify(PREFIX, changed, 10)).toBeUndefined();
    }
    expect(permits.verify(PREFIX.replace('1/', '2/'), query, 10)).toBeUndefined();
    expect(permits.verify('', `${PREFIX}\n${query}`, 10)).toBeUndefined();
  });
});
