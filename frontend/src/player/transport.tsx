'use client';
import { Pause, Play, Repeat, Repeat1, Shuffle, SkipBack, SkipForward } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../components/icon-button';
import { usePlaybackStatus, usePlayer, useQueueState } from './player-context';
import type { RepeatMode } from './queue-reducer';
import { randomSeed } from './shuffle';

export const NEXT_REPEAT: Readonly<Record<RepeatMode, RepeatMode>> = { off: 'all', all: 'one', one: 'off' };

export function PlayButton({ className = 'play' }: { readonly className?: string }) {
  const t = useTranslations('player');
  const player = usePlayer();
  const queue = useQueueState();
  const { phase } = usePlaybackStatus();
  const plays = queue.kind === 'active' && queue.intent === 'play';
  const label = plays ? t('pause') : t('play');
  return (
    <button
      type="button"
      className={className}
      data-phase={plays ? phase : 'paused'}
      disabled={queue.kind === 'empty'}
      aria-label={label}
      title={label}
      onClick={() => player.toggle()}
    >
      {plays ? <Pause className="fill" /> : <Play className="fill" />}
    </button>
  );
}

export function Transport() {
  const t = useTranslations('player');
  const player = usePlayer();
  const queue = useQueueState();
  const idle = queue.kind === 'empty';
  return (
    <div className="transport">
      <IconButton
        label={t('shuffle')}
        aria-pressed={queue.shuffled}
        disabled={idle}
        onClick={() => player.queue.dispatch({ type: 'shuffle', seed: randomSeed() })}
      >
        <Shuffle />
      </IconButton>
      <IconButton label={t('previous')} disabled={idle} onClick={() => player.previous()}>
        <SkipBack />
      </IconButton>
      <PlayButton />
      <IconButton label={t('next')} disabled={idle} onClick={() => player.queue.dispatch({ type: 'skip' })}>
        <SkipForward />
      </IconButton>
      <IconButton
        label={t(`repeat.${queue.repeat}`)}
        aria-pressed={queue.repeat !== 'off'}
        onClick={() => player.queue.dispatch({ type: 'repeat', mode: NEXT_REPEAT[queue.repeat] })}
      >
        {queue.repeat === 'one' ? <Repeat1 /> : <Repeat />}
      </IconButton>
    </div>
  );
}
