'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { statusQuery } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { usePageTitle } from '../components/use-page-title';
import { About, Account } from './about';
import { Folders } from './folders';
import { HealthNotice } from './health-notice';
import { LibraryNumbers } from './library-numbers';
import { Rejections } from './rejections';

export function SettingsPage() {
  const t = useTranslations('settings');
  const status = useQuery(statusQuery);
  usePageTitle(t('title'));
  return (
    <div className="body settings">
      <div className="page-head">
        <h1>{t('title')}</h1>
      </div>
      <HealthNotice />
      {status.error && !status.data && <QueryProblem error={status.error} retry={status.refetch} />}
      {status.data && (
        <>
          <Section title={t('library')}>
            <LibraryNumbers status={status.data} />
          </Section>
          <Section title={t('folders')}>
            <Folders libraries={status.data.libraries} />
          </Section>
          <Section title={t('rejections')}>
            <Rejections status={status.data} />
          </Section>
        </>
      )}
      <Section title={t('account')}>
        <Account />
      </Section>
      <Section title={t('about')}>
        <About />
      </Section>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="section">
      <header>
        <h2>{title}</h2>
      </header>
      {children}
    </section>
  );
}
