'use client';
import { useTranslations } from 'next-intl';
import { QualityFields } from '../quality/quality-fields';
import { SleepField } from './sleep-field';
import { SoundFields } from './sound-fields';
import { SoundPath } from './sound-path';

/** Everything that can be said and set of the sound. */
export function SoundPanel({ guest }: { readonly guest: boolean }) {
  const t = useTranslations();
  return (
    <div className="sound-panel">
      <section aria-label={t('sound.path')}>
        <h2>{t('sound.path')}</h2>
        <SoundPath />
      </section>
      <section aria-label={t('quality.title')}>
        <h2>{t('quality.title')}</h2>
        <QualityFields keeps={!guest} />
      </section>
      <section aria-label={t('sound.playing')}>
        <h2>{t('sound.playing')}</h2>
        <SoundFields hasScreen={!guest} />
        <SleepField />
      </section>
    </div>
  );
}
