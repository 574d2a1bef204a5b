'use client';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '../api/client';
import { meQuery } from '../api/queries';
import { ConfirmButton } from '../components/confirm-button';
import { QueryProblem } from '../components/query-problem';
import { useMoment } from '../components/use-moment';
import { peopleQuery } from './account-queries';
import { RoleSelect, type Role } from './role-select';
import { useRefusalWords } from '../server-words/use-refusal-words';

interface Change {
  readonly id: string;
  readonly body: { readonly role?: Role; readonly disabled?: boolean; readonly mayDownload?: boolean };
}

export function People() {
  const t = useTranslations('people');
  const moment = useMoment();
  const queries = useQueryClient();
  const people = useInfiniteQuery(peopleQuery);
  const { data: me } = useQuery(meQuery);
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['account'] });
  const change = useMutation({
    mutationFn: ({ id, body }: Change) => api.PATCH('/api/users/{id}', { params: { path: { id } }, body }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/users/{id}', { params: { path: { id } } }),
    onSuccess,
  });
  if (people.error && !people.data) return <QueryProblem error={people.error} retry={people.refetch} />;
  const wordsOf = useRefusalWords();
  const refused = change.error ?? remove.error;
  const busy = change.isPending || remove.isPending;
  return (
    <>
      <p className="said" role="alert">
        {refused && t('refused', { reason: wordsOf(refused) })}
      </p>
      <ul className="ledger">
        {people.data?.pages
          .flatMap((page) => page.items)
          .map(({ id, username, role, disabled, mayDownload, createdAt }) => (
            <li key={id}>
              <div className="min-w-0">
                <b className="break-words">{username}</b>{' '}
                {disabled && <span className="badge badge-warn">{t('disabled')}</span>}
                <p>{t('since', { when: moment(createdAt) })}</p>
              </div>
              {id === me?.id ? (
                <p>{t('you')}</p>
              ) : (
                <div className="acts">
                  <RoleSelect
                    label={t('roleOf', { name: username })}
                    value={role}
                    disabled={busy}
                    onChange={(next) => change.mutate({ id, body: { role: next } })}
                  />
                  <label className="tick" title={t('mayDownloadHint')}>
                    <input
                      type="checkbox"
                      checked={mayDownload}
                      disabled={busy || role === 'admin'}
                      onChange={() => change.mutate({ id, body: { mayDownload: !mayDownload } })}
                    />
                    {t('mayDownload')}
                  </label>
                  <button
                    type="button"
                    className="btn btn-line btn-small"
                    disabled={busy}
                    onClick={() => change.mutate({ id, body: { disabled: !disabled } })}
                  >
                    {disabled ? t('enable') : t('disable')}
                  </button>
                  <ConfirmButton
                    label={t('remove')}
                    named={t('removeNamed', { name: username })}
                    title={t('removeTitle', { name: username })}
                    text={t('removeText')}
                    cancel={t('keep')}
                    disabled={busy}
                    onConfirm={() => remove.mutate(id)}
                  />
                </div>
              )}
            </li>
          ))}
      </ul>
      {people.hasNextPage && (
        <button
          type="button"
          className="btn btn-line btn-small mt-4"
          onClick={() => void people.fetchNextPage()}
        >
          {t('more')}
        </button>
      )}
    </>
  );
}
