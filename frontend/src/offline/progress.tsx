'use client';
import { Pause, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { keeperStore } from './keeper-store';
import { useOfflineState, useOnline } from './use-offline';

/** What is on its way, in all, and the one hand on it. */
export function Progress() {
  const t = useTranslations('downloads');
  const online = useOnline();
  const { collections, whole, refused, activity, current } = useOfflineState();
  const wanted = new Set(collections.flatMap(({ tracks }) => tracks.map(({ id }) => id)));
  const there = [...wanted].filter((id) => whole.has(id)).length;
  const left = [...wanted].filter((id) => !whole.has(id) && !refused.has(id)).length;
  if (left === 0) return null;
  const { keeper } = keeperStore.getState();
  const isPaused = activity === 'paused';
  const style: CSSProperties = { '--share': (there + (current?.share ?? 0)) / wanted.size };
  const state = isPaused ? 'paused' : activity === 'full' ? 'full' : online ? 'running' : 'offline';
  const title = collections.flatMap(({ tracks }) => tracks).find(({ id }) => id === current?.trackId)?.title;
  return (
    <div className="downloads-progress">
      <div className="min-w-0">
        <p className="num" role="status">
          {t(`progress.${state}`, { there, of: wanted.size })}
        </p>
        <div className="progress-rail" style={style} aria-hidden="true">
          <span />
        </div>
        <p className="hint ell">{title ?? ' '}</p>
      </div>
      <button
        type="button"
        className="btn btn-line btn-small"
        onClick={() => void (isPaused ? keeper?.resume() : keeper?.pause())}
      >
        {isPaused ? <Play className="s" /> : <Pause className="s" />}
        {isPaused ? t('resume') : t('pause')}
      </button>
    </div>
  );
}
