'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { isStatus } from '../api/api-error';
import { Empty } from './empty';

interface QueryProblemProps {
  readonly error: unknown;
  readonly retry: () => unknown;
}

export function QueryProblem({ error, retry }: QueryProblemProps) {
  const t = useTranslations();
  if (isStatus(error, 404) || isStatus(error, 400)) {
    return (
      <Empty page title={t('missing.title')} text={t('missing.text')}>
        <Link className="btn btn-line btn-small" href="/library">
          {t('missing.action')}
        </Link>
      </Empty>
    );
  }
  return (
    <Empty page tone="danger" title={t('offline.title')} text={t('offline.text')}>
      <button type="button" className="btn btn-line btn-small" onClick={() => void retry()}>
        {t('common.retry')}
      </button>
    </Empty>
  );
}
