import { describe, expect, it } from '@jest/globals';
import { hashToken, newSessionToken, readCookie, sessionCookie, sessionCookieName } from './session-token.js';

describe('the session cookie', () => {
  it('is __Host- and Secure over HTTPS, plain-named over HTTP, HttpOnly and Lax in both', () => {
    const secure = sessionCookie(true, 'abc', 60);
    expect(secure).toBe('__Host-kanade_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure');
    expect(sessionCookie(false, 'abc', 60)).toBe(
      'kanade_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60',
    );
  });

  it('is found among others, by its whole name only', () => {
    const header = `xkanade_session=no; theme=dark;${sessionCookieName(false)}=yes=; z`;
    expect(readCookie(header, sessionCookieName(false))).toBe('yes=');
    expect(readCookie(undefined, 'a')).toBeUndefined();
  });

  it('holds 256 random bits, and is stored as a hash', () => {
    const [a, b] = [newSessionToken(), newSessionToken()];
    expect(Buffer.from(a, 'base64url')).toHaveLength(32);
    expect(a).not.toBe(b);
    expect(hashToken(a)).toHaveLength(32);
  });
});
