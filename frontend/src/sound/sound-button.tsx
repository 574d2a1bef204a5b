'use client';
import { AudioLines } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { usePlaybackStatus } from '../player/player-context';
import { renditionLabel } from '../player/rendition-label';

const SoundPopover = dynamic(() => import('./sound-popover').then((file) => file.SoundPopover), {
  ssr: false,
});

interface SoundButtonProps {
  /** Who has no account keeps nothing for later, and has no full screen. */
  readonly guest?: boolean;
}

/** Names what is heard, and opens everything that can be said and set of it. */
export function SoundButton({ guest = false }: SoundButtonProps) {
  const t = useTranslations();
  const { heard, phase } = usePlaybackStatus();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const plain = phase === 'playing' ? t('player.original') : null;
  const name = heard ? renditionLabel(heard) : plain;
  const label = name ? t('sound.open', { heard: name }) : t('sound.openPlain');
  return (
    <>
      <button
        ref={button}
        type="button"
        className="rendition"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {name ? <span className="badge">{name}</span> : <AudioLines />}
      </button>
      {open && <SoundPopover anchor={button} guest={guest} close={() => setOpen(false)} />}
    </>
  );
}
