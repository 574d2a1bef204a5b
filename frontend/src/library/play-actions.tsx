'use client';
import { Play, Shuffle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { TrackSummary } from '../api/client';
import { IconButton } from '../components/icon-button';
import { usePlayer } from '../player/player-context';
import type { QueueSource } from '../player/queue-reducer';
import { randomSeed } from '../player/shuffle';

interface PlayActionsProps {
  readonly tracks: readonly TrackSummary[];
  readonly source: QueueSource;
  /** What else can be done with these tracks. */
  readonly children?: ReactNode;
}

/** The one filled button of a page, and shuffle beside it. */
export function PlayActions({ tracks, source, children }: PlayActionsProps) {
  const t = useTranslations('common');
  const { queue } = usePlayer();
  const play = (seed?: number) =>
    queue.dispatch({ type: 'play', tracks, startAt: 0, source, ...(seed === undefined ? {} : { seed }) });
  return (
    <div className="actions">
      {tracks.length > 0 && (
        <>
          <button type="button" className="btn btn-fill" onClick={() => play()}>
            <Play className="fill" />
            {t('play')}
          </button>
          <IconButton label={t('shuffle')} onClick={() => play(randomSeed())}>
            <Shuffle />
          </IconButton>
        </>
      )}
      {children}
    </div>
  );
}
