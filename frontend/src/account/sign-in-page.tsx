'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, type FormEvent } from 'react';
import { isStatus } from '../api/api-error';
import { api, body } from '../api/client';
import { meQuery, setupQuery } from '../api/queries';
import { usePageTitle } from '../components/use-page-title';
import { credentialsIn, Door, LabelledInput } from './door';
import { safeReturn } from './session';

export function SignInPage() {
  const t = useTranslations('signIn');
  const mark = useTranslations('app')('mark');
  const router = useRouter();
  const queries = useQueryClient();
  const setup = useQuery(setupQuery);
  usePageTitle(t('title'));
  useEffect(() => {
    if (setup.data?.needed) router.replace('/setup');
  }, [setup.data, router]);
  const signIn = useMutation({
    mutationFn: (credentials: ReturnType<typeof credentialsIn>) =>
      body(api.POST('/api/session', { body: credentials })),
    onSuccess: ({ user }) => {
      queries.clear();
      queries.setQueryData(meQuery.queryKey, user);
      const next = new URLSearchParams(location.search).get('next');
      router.replace(user.role === 'guest' ? '/shared' : safeReturn(next));
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    signIn.mutate(credentialsIn(event.currentTarget));
  };
  const problem = () => {
    if (isStatus(signIn.error, 429)) return t('tooMany');
    return isStatus(signIn.error, 401) || isStatus(signIn.error, 400) ? t('wrong') : t('offline');
  };
  return (
    <Door obi={t('obi')} obiSmall={mark} title={t('title')} lede={t('lede')}>
      <form className="form" onSubmit={submit} method="post">
        <LabelledInput label={t('username')} name="username" autoComplete="username" />
        <LabelledInput label={t('password')} name="password" autoComplete="current-password" />
        <p className="said" role="alert">
          {signIn.error && problem()}
        </p>
        <button type="submit" className="btn btn-fill" disabled={signIn.isPending}>
          {t('submit')}
        </button>
      </form>
    </Door>
  );
}
