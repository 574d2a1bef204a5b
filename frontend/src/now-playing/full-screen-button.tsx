'use client';
import { MicVocal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../components/icon-button';
import { useCurrentItem } from '../player/player-context';
import { fullScreen } from './open-state';

export function FullScreenButton() {
  const t = useTranslations('nowPlaying');
  const item = useCurrentItem();
  return (
    <IconButton
      label={t('open')}
      aria-haspopup="dialog"
      disabled={!item}
      onClick={() => fullScreen.dispatch(true)}
    >
      <MicVocal />
    </IconButton>
  );
}
