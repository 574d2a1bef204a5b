'use client';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { QUALITIES, type Quality } from '../quality/quality';
import { qualityStore } from '../quality/quality-store';
import { Choice } from '../settings/choice';
import { Section } from '../settings/settings-frame';
import { useDownload } from './use-download';

/** There is no line to adapt to: one of those that name a rung. */
const CHOICES = QUALITIES.filter((quality) => quality !== 'auto');
const chosen = (): Quality => qualityStore.getState().downloads;

export function DownloadSettings() {
  const t = useTranslations('downloads');
  const quality = useSyncExternalStore(qualityStore.subscribe, chosen, () => 'normal' as const);
  const likes = useDownload('likes', 'likes');
  const isKept = likes.state !== 'none';
  return (
    <Section title={t('settings')}>
      <p className="hint mb-2">{t('qualityHint')}</p>
      <Choice
        label={t('quality')}
        value={quality}
        options={CHOICES.map((value) => ({ value, label: t(`qualities.${value}`) }))}
        onChoose={(downloads) => qualityStore.dispatch({ downloads })}
      />
      <label className="check mt-5">
        <input type="checkbox" checked={isKept} onChange={isKept ? likes.drop : likes.keep} />
        <span>
          {t('keepLikes')}
          <span className="hint block">{t('keepLikesHint')}</span>
        </span>
      </label>
    </Section>
  );
}
