'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { meQuery, searchQuery } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { usePageTitle } from '../components/use-page-title';
import { GenreIndex } from './genre-index';
import { RecentList } from './recent-list';
import { keepSearch } from './recent-searches';
import { Results } from './results';
import { RESULTS_ID, SearchField } from './search-field';

export function SearchPage() {
  const t = useTranslations('search');
  const q = useSearchParams().get('q')?.trim() ?? '';
  const me = useQuery(meQuery).data;
  const found = useQuery({ ...searchQuery(q), placeholderData: keepPreviousData });
  usePageTitle(q || t('title'));
  return (
    <div className="body search-body" data-searching={q ? true : undefined}>
      {q && <h1 className="sr-only">{t('title')}</h1>}
      <SearchField className="field field-outlined field-phone phone-only" hotkey={false} />
      {!q && <RecentList />}
      {q && (
        <div
          className="results pop"
          onClick={(event) => {
            const chosen = event.target instanceof Element && event.target.closest('a, button');
            if (chosen && me) keepSearch(me.id, q);
          }}
          id={RESULTS_ID}
          role="region"
          aria-label={t('results')}
        >
          {found.data ? (
            <Results answer={found.data} q={q} />
          ) : found.error ? (
            <QueryProblem error={found.error} retry={found.refetch} />
          ) : (
            <div className="h-[220px]" aria-busy="true" />
          )}
        </div>
      )}
      <GenreIndex />
    </div>
  );
}
