'use client';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';

/**
 * Exported pages know no album, so the title is set where the name is known. The framework may write its own title
 * into the head after us (its metadata hydrates late), hence the watch.
 */
export function usePageTitle(title: string | undefined): void {
  const t = useTranslations('app');
  // document.title reads back with collapsed spaces; comparing anything else would never end.
  const full = (title ? `${title} · ${t('name')}` : t('name')).replace(/\s+/g, ' ').trim();
  useEffect(() => {
    const show = () => {
      if (document.title !== full) document.title = full;
    };
    show();
    const head = new MutationObserver(show);
    head.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => head.disconnect();
  }, [full]);
}
