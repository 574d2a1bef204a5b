import { api } from '../api/client';

/** A full load, so that nothing of the last listener stays in memory; nor does what was kept for the time without a network. */
export async function signOut(): Promise<void> {
  await api.DELETE('/api/session');
  const { forgetKept } = await import('../offline/forget');
  await forgetKept();
  location.assign('/signin');
}

/** Where to go after signing in: only ever a page of this site. */
export const safeReturn = (wanted: string | null): string =>
  wanted !== null && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/signin') ? wanted : '/';
