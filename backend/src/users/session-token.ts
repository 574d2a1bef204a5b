import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits; whoever holds it is the user. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** What is stored: a dump of the database signs nobody in. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

export const sessionCookieName = (https: boolean): string =>
  https ? '__Host-kanade_session' : 'kanade_session';

/** `__Host-` and Secure over HTTPS; a plain name over HTTP, where browsers drop Secure cookies. */
export const sessionCookie = (https: boolean, token: string, maxAgeSeconds: number): string =>
  [
    `${sessionCookieName(https)}=${token}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${maxAgeSeconds}`,
    ...(https ? ['Secure'] : []),
  ].join('; ');

/** The value of one cookie in a Cookie header. */
export const readCookie = (header: string | undefined, name: string): string | undefined => {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
};
