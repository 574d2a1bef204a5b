'use client';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { usePageTitle } from '../components/use-page-title';
import { Section } from '../settings/settings-frame';
import { DownloadSettings } from './download-settings';
import { KeptCollection } from './kept-collection';
import { NotSecure } from './not-secure';
import { Progress } from './progress';
import { StorageBar } from './storage-bar';
import { useDownload } from './use-download';
import { useOfflineState } from './use-offline';

/** Everything that plays without a network, and how much room it takes. */
export function DownloadsPage() {
  const t = useTranslations('downloads');
  const { possible } = useDownload('likes', 'likes');
  const { collections, whole } = useOfflineState();
  usePageTitle(t('title'));
  return (
    <div className="body downloads">
      <div className="page-head">
        <h1>{t('title')}</h1>
        {possible && <p className="num">{t('count', { count: whole.size })}</p>}
      </div>
      {possible ? (
        <>
          <StorageBar />
          <Progress />
          {collections.length === 0 && <Empty title={t('emptyTitle')} text={t('emptyText')} />}
          <ul className="kept-list" aria-label={t('title')}>
            {collections.map((each) => (
              <KeptCollection key={`${each.kind} ${each.id}`} collection={each} />
            ))}
          </ul>
          <DownloadSettings />
        </>
      ) : (
        <NotSecure />
      )}
      <Section title={t('help.title')}>
        <div className="downloads-help">
          <p>{t('help.does')}</p>
          <p>{t('help.doesNot')}</p>
          <p>{t('help.ends')}</p>
        </div>
      </Section>
    </div>
  );
}
