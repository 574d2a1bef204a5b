'use client';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';

/** Exported pages know no album, so the title is set where the name is known. */
export function usePageTitle(title: string | undefined): void {
  const t = useTranslations('app');
  const full = title ? `${title} · ${t('name')}` : t('name');
  useEffect(() => {
    document.title = full;
  }, [full]);
}
