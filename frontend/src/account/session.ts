import { api } from '../api/client';

/** A full load, so that nothing of the last listener stays in memory. */
export async function signOut(): Promise<void> {
  await api.DELETE('/api/session');
  location.assign('/signin');
}

/** Where to go after signing in: only ever a page of this site. */
export const safeReturn = (wanted: string | null): string =>
  wanted !== null && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/signin') ? wanted : '/';
