'use client';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';

export function NoResults({ q }: { readonly q: string }) {
  const t = useTranslations('search');
  return (
    <div className="px-3">
      <Empty title={t('none', { q })} text={t('noneText')} />
    </div>
  );
}
