'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { ApiError, isStatus } from '../api/api-error';
import { api, body } from '../api/client';
import { meQuery, setupQuery } from '../api/queries';
import { usePageTitle } from '../components/use-page-title';
import { credentialsIn, Door, LabelledInput } from './door';

const SHORTEST_PASSWORD = 8;

type Field = 'username' | 'password';

const problemIn = ({ username, password }: ReturnType<typeof credentialsIn>): Field | null => {
  if (username.length < 1 || username.length > 64) return 'username';
  return password.length < SHORTEST_PASSWORD ? 'password' : null;
};

export function SetupPage() {
  const t = useTranslations('setup');
  const router = useRouter();
  const queries = useQueryClient();
  const setup = useQuery(setupQuery);
  const [wrong, setWrong] = useState<Field | null>(null);
  usePageTitle(t('title'));
  const create = useMutation({
    mutationFn: async (credentials: ReturnType<typeof credentialsIn>) => {
      await api.POST('/api/setup', { body: credentials });
      return body(api.POST('/api/session', { body: credentials }));
    },
    onSuccess: ({ user }) => {
      queries.clear();
      queries.setQueryData(meQuery.queryKey, user);
      router.replace('/');
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const credentials = credentialsIn(event.currentTarget);
    const problem = problemIn(credentials);
    setWrong(problem);
    if (problem === null) create.mutate(credentials);
  };
  const taken = setup.data?.needed === false || isStatus(create.error, 409);
  const reason = create.error instanceof ApiError ? create.error.message : '';
  return (
    <Door obi={t('obi')} obiSmall={t('obiSmall')} title={t('title')} lede={t('lede')}>
      {taken && !create.isPending && !create.isSuccess ? (
        <p className="lede" role="status">
          <Link className="underline underline-offset-3" href="/signin">
            {t('taken')}
          </Link>
        </p>
      ) : (
        <form className="form" onSubmit={submit} noValidate method="post">
          <LabelledInput
            label={t('username')}
            name="username"
            autoComplete="username"
            problem={wrong === 'username' ? t('errors.username') : undefined}
          />
          <LabelledInput
            label={t('password')}
            name="password"
            autoComplete="new-password"
            hint={t('passwordHint')}
            problem={wrong === 'password' ? t('errors.password') : undefined}
          />
          <p className="said" role="alert">
            {create.error && t('errors.refused', { reason })}
          </p>
          <button type="submit" className="btn btn-fill" disabled={create.isPending}>
            {t('submit')}
          </button>
        </form>
      )}
    </Door>
  );
}
