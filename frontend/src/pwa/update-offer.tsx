'use client';
import { RefreshCw, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { IconButton } from '../components/icon-button';
import { appUpdate, followWorker, takeUpdate } from './app-update';

const isReady = (): boolean => appUpdate.getState().ready;

/** Tells of a newer page. What plays goes on until the listener wants it: after a reload the queue is there again. */
export function UpdateOffer() {
  const t = useTranslations('update');
  const [later, setLater] = useState(false);
  const ready = useSyncExternalStore(appUpdate.subscribe, isReady, () => false);
  useEffect(followWorker, []);
  return (
    <div aria-live="polite">
      {ready && !later && (
        <div className="notice toast">
          <RefreshCw />
          <p>{t('ready')}</p>
          <button type="button" className="btn btn-line btn-small" onClick={takeUpdate}>
            {t('take')}
          </button>
          <IconButton small label={t('later')} onClick={() => setLater(true)}>
            <X className="s" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
