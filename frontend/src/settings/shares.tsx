'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '../api/client';
import { sharesQuery } from '../api/queries';
import { ConfirmButton } from '../components/confirm-button';
import { languageOf } from '../components/language-of';
import { QueryProblem } from '../components/query-problem';
import { useMoment } from '../components/use-moment';

/** What one has shared, and the way to end it. */
export function Shares() {
  const t = useTranslations('shares');
  const moment = useMoment();
  const queries = useQueryClient();
  const shares = useQuery(sharesQuery);
  const revoke = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/shares/{id}', { params: { path: { id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sharesQuery.queryKey }),
  });
  if (shares.error && !shares.data) return <QueryProblem error={shares.error} retry={shares.refetch} />;
  if (!shares.data) return null;
  const open = shares.data.items.filter(({ ended }) => !ended);
  if (open.length === 0) return <p className="hint">{t('none')}</p>;
  return (
    <ul className="ledger">
      {open.map(({ id, kind, title, people, expiresAt }) => (
        <li key={id}>
          <div className="min-w-0">
            <b className="break-words" lang={languageOf(title)}>
              {title}
            </b>
            <p>
              {t(`of.${kind}`)}
              {' · '}
              {people.length > 0 ? t('with', { people: people.join(', ') }) : t('byLink')}
            </p>
            <p>{t('until', { when: moment(expiresAt) })}</p>
          </div>
          <ConfirmButton
            label={t('end')}
            named={t('endNamed', { title })}
            title={t('endTitle', { title })}
            text={t('endText')}
            cancel={t('keep')}
            disabled={revoke.isPending}
            onConfirm={() => revoke.mutate(id)}
          />
        </li>
      ))}
    </ul>
  );
}
