'use client';
import { useTranslations } from 'next-intl';
import type { CatalogFilter } from '../api/queries';
import { Empty } from '../components/empty';
import { EmptyLibrary } from './empty-library';

/** Either nothing is there yet, or nothing that is asked for. */
export function EmptyShelf({ filter }: { readonly filter: CatalogFilter }) {
  const t = useTranslations('library');
  if (Object.keys(filter).length === 0) return <EmptyLibrary />;
  return <Empty title={t('noneTitle')} text={t('noneText')} />;
}
