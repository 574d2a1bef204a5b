'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { meQuery, statusQuery } from '../api/queries';
import { followLibrary } from './library-events';
import { scanProgress } from './scan-progress';

export function ScanStrip() {
  const t = useTranslations('scan');
  const queries = useQueryClient();
  const signedIn = useQuery(meQuery).isSuccess;
  const { data: status } = useQuery({ ...statusQuery, enabled: signedIn });
  useEffect(() => (signedIn ? followLibrary(queries) : undefined), [signedIn, queries]);
  const progress = status ? scanProgress(status) : null;
  if (!progress || progress.kind === 'idle') return null;
  const share = 'share' in progress ? progress.share : 0;
  return (
    <div className="scan" role="status" aria-label={t('label')}>
      <p className="num">
        {progress.kind === 'looking' && t('looking')}
        {progress.kind === 'reading' && t('reading', { ready: progress.ready, found: progress.found })}
        {progress.kind === 'analysing' && t('analysing', { count: progress.count })}
      </p>
      <div className="progress">
        <i style={{ '--share': share }} />
      </div>
    </div>
  );
}
