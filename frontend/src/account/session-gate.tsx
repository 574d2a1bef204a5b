'use client';
import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, type ReactNode } from 'react';
import { ApiError } from '../api/api-error';
import { meQuery, setupQuery } from '../api/queries';
import { QueryProblem } from '../components/query-problem';

/** All that a guest may see; everywhere else the server refuses them. */
const GUESTS_HAVE = ['/shared', '/settings/account', '/settings/appearance'];

/** Pages are drawn at once and filled when the session is known; who has none is led to the door. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const me = useQuery(meQuery);
  const refused = me.error instanceof ApiError && me.error.status >= 400 && me.error.status < 500;
  const setup = useQuery({ ...setupQuery, enabled: refused });
  const needed = setup.data?.needed;
  useEffect(() => {
    if (!refused || needed === undefined) return;
    router.replace(needed ? '/setup' : `/signin?next=${encodeURIComponent(pathname)}`);
  }, [refused, needed, pathname, router]);
  const lost = me.data?.role === 'guest' && !GUESTS_HAVE.includes(pathname);
  useEffect(() => {
    if (lost) router.replace('/shared');
  }, [lost, router]);
  if (me.error && (!refused || setup.error)) {
    const retry = () => Promise.all([me.refetch(), refused && setup.refetch()]);
    return (
      <div className="body">
        <QueryProblem error={setup.error ?? me.error} retry={retry} />
      </div>
    );
  }
  return refused || lost ? <div className="body" aria-busy="true" /> : children;
}
