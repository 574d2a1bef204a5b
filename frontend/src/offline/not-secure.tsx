'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Empty } from '../components/empty';

/** Why nothing can be kept on this page, and what to do about it. */
export function NotSecure() {
  const t = useTranslations('downloads.notSecure');
  const code = (text: ReactNode) => <code>{text}</code>;
  return (
    <>
      <Empty title={t('title')} text={t('text')} />
      <ol className="downloads-help downloads-steps">
        <li>{t.rich('certificate', { code })}</li>
        <li>{t.rich('proxy', { code })}</li>
        <li>{t('files')}</li>
      </ol>
    </>
  );
}
