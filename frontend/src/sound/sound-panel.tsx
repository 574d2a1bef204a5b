'use client';
import { useTranslations } from 'next-intl';
import { QualityFields } from '../quality/quality-fields';
import { SleepField } from './sleep-field';
import { SoundFields } from './sound-fields';
import { SoundPath } from './sound-path';

/** Everything that can be said and set of the sound. */
export function SoundPanel() {
  const t = useTranslations();
  return (
    <div className="sound-panel">
      <section aria-label={t('sound.path')}>
        <h3>{t('sound.path')}</h3>
        <SoundPath />
      </section>
      <section aria-label={t('quality.title')}>
        <h3>{t('quality.title')}</h3>
        <QualityFields />
      </section>
      <section aria-label={t('sound.playing')}>
        <h3>{t('sound.playing')}</h3>
        <SoundFields />
        <SleepField />
      </section>
    </div>
  );
}
