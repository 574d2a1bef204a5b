'use client';
import { Volume1, Volume2, VolumeX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../components/icon-button';
import { usePlayer, useVolume } from './player-context';

export function VolumeControl() {
  const t = useTranslations('player');
  const player = usePlayer();
  const { level, muted } = useVolume();
  const shown = muted ? 0 : level;
  const percent = Math.round(shown * 100);
  return (
    <>
      <IconButton
        label={muted ? t('unmute') : t('mute')}
        onClick={() => player.volume.dispatch({ muted: !muted })}
      >
        {shown === 0 ? <VolumeX /> : shown < 0.5 ? <Volume1 /> : <Volume2 />}
      </IconButton>
      <input
        className="level"
        type="range"
        min={0}
        max={100}
        value={percent}
        style={{ '--level': shown }}
        aria-label={t('volume')}
        aria-valuetext={`${percent} %`}
        onChange={(event) =>
          player.volume.dispatch({ level: Number(event.target.value) / 100, muted: false })
        }
      />
    </>
  );
}
