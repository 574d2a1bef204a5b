'use client';
import { ArrowDownToLine, CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTrackPlace } from './use-offline';

/** Before a title: whether the track is kept here, and where it cannot be had at the moment, that it cannot. */
export function OfflineMark({ trackId }: { readonly trackId: string }) {
  const t = useTranslations('downloads');
  const place = useTrackPlace(trackId);
  if (place === 'away') return null;
  const Icon = place === 'here' ? ArrowDownToLine : CloudOff;
  return <Icon className={`offline-mark offline-${place}`} role="img" aria-label={t(`mark.${place}`)} />;
}
