'use client';
import { SkipForward } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { IconButton } from '../components/icon-button';
import { Name } from '../components/name';
import { fullScreen } from '../now-playing/open-state';
import { useFrame } from '../frame/frame-context';
import { useCurrentItem, usePlayer } from './player-context';
import { PlayButton } from './transport';

export function MiniPlayer() {
  const t = useTranslations('player');
  const screen = useTranslations('nowPlaying');
  const player = usePlayer();
  const track = useCurrentItem()?.track;
  const { toggleQueue } = useFrame();
  return (
    <section className="mini" aria-label={t('label')}>
      <button
        type="button"
        className="mini-cover"
        aria-label={screen('open')}
        aria-haspopup="dialog"
        disabled={!track}
        onClick={() => fullScreen.dispatch(true)}
      >
        <Cover key={track?.artwork?.id} artwork={track?.artwork ?? null} size={128} eager>
          {track?.artwork && <div className="obi" />}
        </Cover>
      </button>
      <button type="button" className="mini-text" onClick={toggleQueue}>
        <b className="ell">{track ? <Name className="">{track.title}</Name> : t('nothing')}</b>
        <span className="by ell">{track ? creditText(track.artists) : t('nothingHint')}</span>
        <span className="sr-only">{t('openQueue')}</span>
      </button>
      <PlayButton className="ib" />
      <IconButton label={t('next')} disabled={!track} onClick={() => player.queue.dispatch({ type: 'skip' })}>
        <SkipForward />
      </IconButton>
      <Progress />
    </section>
  );
}

function Progress() {
  const player = usePlayer();
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    const draw = () => {
      const share = player.durationMs > 0 ? player.positionMs / player.durationMs : 0;
      line.current?.style.setProperty('--share', share.toFixed(4));
    };
    draw();
    return player.onTick(draw);
  }, [player]);
  return (
    <span className="progress">
      <i ref={line} />
    </span>
  );
}
