import { describe, expect, it } from '@jest/globals';
import { signedQuery, signingKey, verifyQuery } from './signing.js';

const KEY = signingKey(Buffer.alloc(32, 7));
const NEW_KEY = signingKey(Buffer.alloc(32, 8));
const PREFIX = '/media/01976b5e-0000-7000-8000-000000000001/';
const NOW = 1_800_000_000;
const permit = { prefix: PREFIX, holder: 's.0197a', expiresAtSeconds: NOW + 600 };
const query = signedQuery(KEY, permit);

const verify = (text: string, prefix = PREFIX, now = NOW) => verifyQuery([KEY, NEW_KEY], prefix, text, now);

describe('verifyQuery', () => {
  it('accepts what was signed until it expires, and not a second longer', () => {
    expect(verify(query)).toEqual(permit);
    expect(verify(query, PREFIX, NOW + 599)).toEqual(permit);
    expect(verify(query, PREFIX, NOW + 600)).toBeUndefined();
  });

  it('refuses the query when any one byte of it is another', () => {
    for (let index = 0; index < query.length; index++)
      for (const replacement of 'AaBb019_-.&=%') {
        if (query[index] === replacement) continue;
        expect(verify(query.slice(0, index) + replacement + query.slice(index + 1))).toBeUndefined();
      }
  });

  it('refuses the query when any one bit of it is turned', () => {
    const bytes = Buffer.from(query);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const turned = Buffer.from(bytes);
      turned[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verify(turned.toString('latin1'))).toBeUndefined();
    }
  });

  it('refuses the query for any other prefix', () => {
    for (let index = 0; index < PREFIX.length; index++) {
      const other = `${PREFIX.slice(0, index)}x${PREFIX.slice(index + 1)}`;
      expect(verify(query, other)).toBeUndefined();
    }
    expect(verify(query, '/media/')).toBeUndefined();
  });

  it('refuses a query with a part left out, doubled or in another place', () => {
    const parts = query.split('&');
    for (const [index, part] of parts.entries()) {
      expect(verify(parts.filter((each) => each !== part).join('&'))).toBeUndefined();
      expect(verify([...parts.slice(0, index), part, ...parts.slice(index)].join('&'))).toBeUndefined();
    }
    expect(verify([...parts].reverse().join('&'))).toBeUndefined();
    expect(verify('')).toBeUndefined();
  });

  it('refuses a longer life than was signed', () => {
    expect(verify(query.replace(`e=${NOW + 600}`, `e=${NOW + 6000}`), PREFIX, NOW + 1000)).toBeUndefined();
    expect(verify(query.replace(`e=${NOW + 600}`, `e=0${NOW + 600}`))).toBeUndefined();
  });

  it('accepts the URLs of every key that is known, and no other key', () => {
    expect(verify(signedQuery(NEW_KEY, permit))).toEqual(permit);
    expect(verify(signedQuery(signingKey(Buffer.alloc(32, 9)), permit))).toBeUndefined();
  });
});

describe('signedQuery', () => {
  it.each(['', 'a b', 'a\nb', 'a&b', 'x'.repeat(129)])('%p cannot be a holder', (holder) => {
    expect(() => signedQuery(KEY, { ...permit, holder })).toThrow();
  });
});
