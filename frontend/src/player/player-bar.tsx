'use client';
import { ListMusic } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../components/icon-button';
import { useFrame } from '../frame/frame-context';
import { NowPlaying } from './now-playing';
import { usePlaybackStatus } from './player-context';
import { SeekBar } from './seek-bar';
import { Transport } from './transport';
import { VolumeControl } from './volume-control';

export function PlayerBar() {
  const t = useTranslations();
  const { queueShown, toggleQueue } = useFrame();
  const { rendition, phase } = usePlaybackStatus();
  const heard = rendition ?? (phase === 'playing' ? t('player.original') : null);
  return (
    <footer className="bar" aria-label={t('player.label')}>
      <NowPlaying />
      <Transport />
      <SeekBar />
      <div className="tools">
        <span className="rendition">
          {heard && (
            <span className="badge" title={t('player.rendition')}>
              {heard}
            </span>
          )}
        </span>
        <IconButton
          label={queueShown ? t('top.hideQueue') : t('top.showQueue')}
          aria-pressed={queueShown}
          onClick={toggleQueue}
        >
          <ListMusic />
        </IconButton>
        <VolumeControl />
      </div>
    </footer>
  );
}
