'use client';
import { Play, Shuffle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { TrackSummary } from '../api/client';
import { IconButton } from '../components/icon-button';
import { usePlayer } from '../player/player-context';
import type { QueueSource } from '../player/queue-reducer';
import { randomSeed } from '../player/shuffle';

interface PlayButtonsProps {
  /** With a seed: in the order that it shuffles them into. */
  readonly play: (seed?: number) => void;
  readonly playable: boolean;
  /** What else can be done with what is played. */
  readonly children?: ReactNode;
}

/** The one filled button of a page, and shuffle beside it. */
export function PlayButtons({ play, playable, children }: PlayButtonsProps) {
  const t = useTranslations('common');
  return (
    <div className="actions">
      {playable && (
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

interface PlayActionsProps {
  readonly tracks: readonly TrackSummary[];
  readonly source: QueueSource;
  readonly children?: ReactNode;
}

/** For tracks that are all at hand. */
export function PlayActions({ tracks, source, children }: PlayActionsProps) {
  const { queue } = usePlayer();
  const play = (seed?: number) =>
    queue.dispatch({ type: 'play', tracks, startAt: 0, source, ...(seed === undefined ? {} : { seed }) });
  return (
    <PlayButtons play={play} playable={tracks.length > 0}>
      {children}
    </PlayButtons>
  );
}
