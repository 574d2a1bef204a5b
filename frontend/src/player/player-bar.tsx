'use client';
import { ListMusic } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../components/icon-button';
import { useFrame } from '../frame/frame-context';
import { FullScreenButton } from '../now-playing/full-screen-button';
import { SoundButton } from '../sound/sound-button';
import { NowPlaying } from './now-playing';
import { SeekBar } from './seek-bar';
import { Transport } from './transport';
import { VolumeControl } from './volume-control';

export function PlayerBar() {
  const t = useTranslations();
  const { queueShown, toggleQueue } = useFrame();
  return (
    <footer className="bar" aria-label={t('player.label')}>
      <NowPlaying />
      <Transport />
      <SeekBar />
      <div className="tools">
        <SoundButton />
        <FullScreenButton />
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
