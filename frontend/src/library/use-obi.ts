'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AlbumSummary } from '../api/client';
import { isNew } from './newness';

/** The obi speaks only where there is something to say: a record that came in during the last week. */
export function useObiOf(): (album: AlbumSummary) => string | undefined {
  const t = useTranslations('home');
  const [now] = useState(() => Date.now());
  return (album) => (isNew(album.addedAt, now) ? t('new') : undefined);
}
