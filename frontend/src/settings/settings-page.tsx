'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { statusQuery } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { About } from './about';
import { Folders } from './folders';
import { HealthNotice } from './health-notice';
import { LibraryNumbers } from './library-numbers';
import { Rejections } from './rejections';
import { Section, SettingsFrame } from './settings-frame';

export function SettingsPage() {
  const t = useTranslations('settings');
  const status = useQuery(statusQuery);
  return (
    <SettingsFrame>
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
      <Section title={t('about')}>
        <About />
      </Section>
    </SettingsFrame>
  );
}
