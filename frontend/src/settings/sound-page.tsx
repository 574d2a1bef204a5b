'use client';
import { useTranslations } from 'next-intl';
import { QualityFields } from '../quality/quality-fields';
import { SleepField } from '../sound/sleep-field';
import { SoundFields } from '../sound/sound-fields';
import { SoundPath } from '../sound/sound-path';
import { Section, SettingsFrame } from './settings-frame';

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
