'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { isStatus } from '../api/api-error';
import { api, body } from '../api/client';
import { meQuery, setupQuery } from '../api/queries';
import { usePageTitle } from '../components/use-page-title';
import { Door } from './door';
import { NewAccountForm, type Credentials } from './new-account-form';

export function SetupPage() {
  const t = useTranslations('setup');
  const router = useRouter();
  const queries = useQueryClient();
  const setup = useQuery(setupQuery);
  usePageTitle(t('title'));
  const create = useMutation({
    mutationFn: async (credentials: Credentials) => {
      await api.POST('/api/setup', { body: credentials });
      return body(api.POST('/api/session', { body: credentials }));
    },
    onSuccess: ({ user }) => {
      queries.clear();
      queries.setQueryData(meQuery.queryKey, user);
      router.replace('/');
    },
  });
  const taken = setup.data?.needed === false || isStatus(create.error, 409);
  return (
    <Door obi={t('obi')} obiSmall={t('obiSmall')} title={t('title')} lede={t('lede')}>
      {taken && !create.isPending && !create.isSuccess ? (
        <p className="lede" role="status">
          <Link className="underline underline-offset-3" href="/signin">
            {t('taken')}
          </Link>
        </p>
      ) : (
        <NewAccountForm submit={t('submit')} making={create} />
      )}
    </Door>
  );
}
