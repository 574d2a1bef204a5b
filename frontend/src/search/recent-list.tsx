'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { meQuery } from '../api/queries';
import { languageOf } from '../components/language-of';
import { forgetSearches, onSearches, readSearches, searchesOf } from './recent-searches';

/** What was looked for last, in this browser. */
export function RecentList() {
  const t = useTranslations('search');
  const userId = useQuery(meQuery).data?.id;
  const stored = useSyncExternalStore(
    onSearches,
    () => (userId === undefined ? null : searchesOf(userId)),
    () => null,
  );
  const searches = readSearches(stored);
  if (userId === undefined || searches.length === 0) return null;
  return (
    <section className="recent" aria-label={t('recent')}>
      <h2 className="hint">{t('recent')}</h2>
      <ul>
        {searches.map((q) => (
          <li key={q}>
            <Link className="chip" href={`/search?q=${encodeURIComponent(q)}`} lang={languageOf(q)}>
              {q}
            </Link>
          </li>
        ))}
      </ul>
      <button type="button" className="sort" onClick={() => forgetSearches(userId)}>
        {t('forget')}
      </button>
    </section>
  );
}
