'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { isStatus } from '../api/api-error';
import { api, body } from '../api/client';
import { meQuery } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { usePageTitle } from '../components/use-page-title';
import { Door } from './door';
import { NewAccountForm, type Credentials } from './new-account-form';

/** An invitation: its token stands behind the # of the link, so that no server's log ever sees it. */
export function JoinPage() {
  const t = useTranslations('join');
  const format = useFormatter();
  const router = useRouter();
  const queries = useQueryClient();
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const read = () => setToken(location.hash.slice(1));
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  usePageTitle(t('title'));
  const join = useMutation({
    mutationFn: (credentials: Credentials) =>
      body(api.POST('/api/invitations/accept', { body: { ...credentials, token: token ?? '' } })),
    onSuccess: ({ user }) => {
      queries.clear();
      queries.setQueryData(meQuery.queryKey, user);
      router.replace('/');
    },
  });
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      body(api.POST('/api/invitations/look', { body: { token: token ?? '' }, signal })),
    // Used up, it is not looked at again.
    enabled: token !== null && !join.isPending && !join.isSuccess,
    retry: false,
  });
  const gone = [400, 404, 410].some((status) => isStatus(invitation.error, status));
  return (
    <Door obi={t('obi')} obiSmall={t('obiSmall')} title={t('title')} lede={gone ? t('gone') : t('lede')}>
      {invitation.data && (
        <>
          <p className="hint mt-2">
            {t('until', {
              role: t(`as.${invitation.data.role}`),
              when: format.dateTime(new Date(invitation.data.expiresAt), { dateStyle: 'long' }),
            })}
          </p>
          <NewAccountForm submit={t('submit')} making={join} />
        </>
      )}
      {gone && (
        <p className="lede">
          <Link className="underline underline-offset-3" href="/signin">
            {t('signIn')}
          </Link>
        </p>
      )}
      {invitation.error && !gone && <QueryProblem error={invitation.error} retry={invitation.refetch} />}
    </Door>
  );
}
