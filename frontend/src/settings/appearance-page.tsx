'use client';
import { useTranslations } from 'next-intl';
import { useLayoutEffect, useState } from 'react';
import { chooseTheme, storedTheme, THEMES, type Theme } from '../frame/theme';
import { useChooseLanguage } from '../language/language-provider';
import { LANGUAGES, storedChoice, type LanguageChoice } from '../language/languages';
import { Choice } from './choice';
import { Section, SettingsFrame } from './settings-frame';

/** Each language by its own name: who has landed in the wrong one finds the way back. */
const NAMES = { en: 'English', ja: '日本語' } as const;

export function AppearancePage() {
  const t = useTranslations('appearance');
  const top = useTranslations('top');
  const chooseLanguage = useChooseLanguage();
  const [theme, setTheme] = useState<Theme>('system');
  const [language, setLanguage] = useState<LanguageChoice>('system');
  // The exported page knows of no choice.
  useLayoutEffect(() => {
    setTheme(storedTheme());
    setLanguage(storedChoice());
  }, []);
  return (
    <SettingsFrame>
      <Section title={t('language')} lede={t('languageLede')}>
        <Choice
          label={t('language')}
          value={language}
          options={[
            { value: 'system', label: t('asBrowser') },
            ...LANGUAGES.map((value) => ({ value, label: NAMES[value], lang: value })),
          ]}
          onChoose={(choice) => {
            setLanguage(choice);
            chooseLanguage(choice);
          }}
        />
      </Section>
      <Section title={top('theme')} lede={t('themeLede')}>
        <Choice
          label={top('theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: top(`themes.${value}`) }))}
          onChoose={(choice) => {
            setTheme(choice);
            chooseTheme(choice);
          }}
        />
      </Section>
    </SettingsFrame>
  );
}
