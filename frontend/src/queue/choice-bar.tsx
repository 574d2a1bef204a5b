'use client';
import { ListPlus, ListStart, Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { TrackSummary } from '../api/client';
import { IconButton } from '../components/icon-button';
import { useOpenDialog } from '../menu/menu-context';
import type { QueueSource } from '../player/queue-reducer';

interface ChoiceBarProps {
  readonly tracks: readonly TrackSummary[];
  readonly source: QueueSource;
  readonly takeOut: string;
  readonly playNext: () => void;
  readonly remove: () => void;
  readonly clear: () => void;
}

/** How much is chosen, and what can be done with it. */
export function ChoiceBar({ tracks, source, takeOut, playNext, remove, clear }: ChoiceBarProps) {
  const t = useTranslations('queue');
  const openDialog = useOpenDialog();
  return (
    <div className="choice-bar" role="toolbar" aria-label={t('chosen', { count: tracks.length })}>
      <span className="ell">{t('chosen', { count: tracks.length })}</span>
      <IconButton small label={t('first')} onClick={playNext}>
        <ListStart className="s" />
      </IconButton>
      <IconButton
        small
        label={t('toPlaylist')}
        onClick={() => openDialog({ kind: 'pick', subject: { kind: 'tracks', tracks, source } })}
      >
        <ListPlus className="s" />
      </IconButton>
      <IconButton small label={takeOut} onClick={remove}>
        <Trash2 className="s" />
      </IconButton>
      <IconButton small label={t('chooseNone')} onClick={clear}>
        <X className="s" />
      </IconButton>
    </div>
  );
}
