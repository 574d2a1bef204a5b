'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { SleepField } from '../sound/sleep-field';
import { SoundPath } from '../sound/sound-path';
import { Section, SettingsFrame } from './settings-frame';

/** What can be chosen is known in the browser alone: an exported page that drew it would differ from what it becomes. */
const QualityFields = dynamic(() => import('../quality/quality-fields').then((file) => file.QualityFields), {
  ssr: false,
});
const SoundFields = dynamic(() => import('../sound/sound-fields').then((file) => file.SoundFields), {
  ssr: false,
});

export function SoundPage() {
  const t = useTranslations();
  return (
    <SettingsFrame>
      <Section title={t('quality.title')}>
        <div className="form-narrow">
          <QualityFields />
        </div>
      </Section>
      <Section title={t('sound.playing')}>
        <div className="form-narrow">
          <SoundFields />
          <SleepField />
        </div>
      </Section>
      <Section title={t('sound.path')} lede={t('sound.pathHint')}>
        <SoundPath />
      </Section>
    </SettingsFrame>
  );
}
