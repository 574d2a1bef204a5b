'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { WeeklyItem } from '../api/client';
import { languageOf } from '../components/language-of';

/** One sentence of what is true, with the one fact in it that names something set off. */
export function WeeklyReason({ reason }: { readonly reason: WeeklyItem['reason'] }) {
  const t = useTranslations('weekly.reasons');
  const [played] = reason.tracks;
  const title = played?.title ?? '';
  const about = reason.about ?? '';
  const fact = (lang: string | undefined) =>
    function Fact(words: ReactNode) {
      return <em lang={lang}>{words}</em>;
    };
  switch (reason.kind) {
    case 'because':
      return t.rich('because', { title, fact: fact(languageOf(title)) });
    case 'artist':
      return t.rich('artist', { title, about, fact: fact(languageOf(title)) });
    case 'genre':
      return t.rich('genre', { title, about, fact: fact(languageOf(title)) });
    case 'followed':
      return t.rich('followed', { about, fact: fact(languageOf(about)) });
    case 'popular':
      return t.rich('popular', { count: reason.listeners, fact: fact(undefined) });
    case 'fresh':
      return t('fresh');
    case 'longShot':
    case 'none':
      return t('longShot');
  }
}
