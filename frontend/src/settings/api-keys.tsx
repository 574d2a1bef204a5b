'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '../api/client';
import { ConfirmButton } from '../components/confirm-button';
import { QueryProblem } from '../components/query-problem';
import { SecretOnce } from '../components/secret-once';
import { useMoment } from '../components/use-moment';
import { keysQuery } from './account-queries';
import { NewKeyForm } from './new-key-form';

export function ApiKeys() {
  const t = useTranslations('ownAccount');
  const moment = useMoment();
  const queries = useQueryClient();
  const keys = useQuery(keysQuery);
  const [made, setMade] = useState<string | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: keysQuery.queryKey });
  const revoke = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/me/keys/{id}', { params: { path: { id } } }),
    onSuccess: () => (setMade(null), refresh()),
  });
  if (keys.error && !keys.data) return <QueryProblem error={keys.error} retry={keys.refetch} />;
  return (
    <>
      {keys.data && keys.data.items.length > 0 && (
        <ul className="ledger mb-4">
          {keys.data.items.map(({ id, name, scopes, lastUsedAt, expiresAt }) => (
            <li key={id}>
              <div className="min-w-0">
                <b className="break-words">{name}</b>
                <p>{scopes.map((scope) => t(`scopes.${scope}`)).join(' · ')}</p>
                <p>
                  {lastUsedAt ? t('used', { when: moment(lastUsedAt) }) : t('neverUsed')}
                  {expiresAt && ` ${t('expires', { when: moment(expiresAt) })}`}
                </p>
              </div>
              <ConfirmButton
                label={t('revoke')}
                named={t('revokeNamed', { name })}
                title={t('revokeTitle', { name })}
                text={t('revokeText')}
                cancel={t('keep')}
                disabled={revoke.isPending}
                onConfirm={() => revoke.mutate(id)}
              />
            </li>
          ))}
        </ul>
      )}
      {made !== null && <SecretOnce secret={made} said={t('keyOnce')} />}
      <NewKeyForm onMade={(key) => (setMade(key), void refresh())} />
    </>
  );
}
