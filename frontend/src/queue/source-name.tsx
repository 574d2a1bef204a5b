'use client';
import { useTranslations } from 'next-intl';
import { languageOf } from '../components/language-of';
import type { QueueSource } from '../player/queue-reducer';

export function SourceName({ source }: { readonly source: QueueSource }) {
  const t = useTranslations('queue');
  switch (source.kind) {
    case 'album':
    case 'artist':
    case 'playlist':
      return <span lang={languageOf(source.name)}>{t('from', { name: source.name })}</span>;
    case 'library':
      return t('fromLibrary');
    case 'search':
      return t('fromSearch');
    case 'home':
      return t('fromHome');
    case 'likes':
      return t('fromLikes');
    case 'history':
      return t('fromHistory');
    case 'discoverWeekly':
      return t('fromWeekly');
  }
}
