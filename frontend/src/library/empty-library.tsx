'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { api } from '../api/client';
import { meQuery, statusQuery } from '../api/queries';
import { Empty } from '../components/empty';
import { mayCurate } from './rights';

/** The first thing a new owner sees: where the music goes. */
export function EmptyLibrary() {
  const t = useTranslations('empty');
  const { data: user } = useQuery(meQuery);
  const { data: status } = useQuery(statusQuery);
  const scan = useMutation({ mutationFn: () => api.POST('/api/library/scan') });
  const path = status?.libraries[0]?.path;
  const rejected = status?.files.rejected ?? 0;
  const text = status?.scanning ? t('scanning') : path ? t('text', { path }) : t('textNoFolder');
  return (
    <Empty title={t('title')} text={text} tone="accent">
      <p className="hint mb-4">{t('formats')}</p>
      {rejected > 0 && (
        <p className="by mb-4">
          {t('rejected', { count: rejected })}{' '}
          <Link className="underline underline-offset-3" href="/settings">
            {t('reasons')}
          </Link>
        </p>
      )}
      {user && mayCurate(user.role) && !status?.scanning && (
        <button
          type="button"
          className="btn btn-line btn-small"
          disabled={scan.isPending}
          onClick={() => scan.mutate()}
        >
          {t('scan')}
        </button>
      )}
    </Empty>
  );
}
