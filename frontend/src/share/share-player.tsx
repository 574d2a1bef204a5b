'use client';
import { SkipBack, SkipForward } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { creditText } from '../components/credit-text';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { useCurrentItem, usePlayer } from '../player/player-context';
import { SeekBar } from '../player/seek-bar';
import { PlayButton } from '../player/transport';
import { SoundButton } from '../sound/sound-button';

/** The foot of the sheet: what sounds, and where in it. There is no queue to edit here. */
export function SharePlayer() {
  const t = useTranslations('player');
  const player = usePlayer();
  const track = useCurrentItem()?.track;
  if (!track) return null;
  return (
    <section className="share-player" aria-label={t('label')}>
      <p className="min-w-0">
        <b className="ell" lang={languageOf(track.title)}>
          {track.title}
        </b>
        <span className="by ell">{creditText(track.artists)}</span>
      </p>
      <div className="transport">
        <IconButton label={t('previous')} onClick={() => player.previous()}>
          <SkipBack />
        </IconButton>
        <PlayButton />
        <IconButton label={t('next')} onClick={() => player.queue.dispatch({ type: 'skip' })}>
          <SkipForward />
        </IconButton>
        <SoundButton guest />
      </div>
      <SeekBar plain />
    </section>
  );
}
