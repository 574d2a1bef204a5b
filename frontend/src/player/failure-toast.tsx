'use client';
import { CircleAlert, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { IconButton } from '../components/icon-button';
import { usePlayer, useQueueState } from './player-context';

const READING_TIME_MS = 9000;

/** What failed and what happens next. It leaves by itself only when playing went on. */
export function FailureToast() {
  const t = useTranslations('player');
  const player = usePlayer();
  const { notice } = useQueueState();
  useEffect(() => {
    if (!notice?.skippedTo && notice?.kind !== 'damaged') return;
    const timer = setTimeout(() => player.queue.dispatch({ type: 'dismiss' }), READING_TIME_MS);
    return () => clearTimeout(timer);
  }, [notice, player]);
  return (
    <div aria-live="assertive">
      {notice && (
        <div className="notice notice-danger toast">
          <CircleAlert />
          <p>
            {t(`failed.${notice.kind}`, { title: notice.title })}{' '}
            {notice.skippedTo && t('skipped', { title: notice.skippedTo })}
          </p>
          <IconButton small label={t('dismiss')} onClick={() => player.queue.dispatch({ type: 'dismiss' })}>
            <X className="s" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
