'use client';
import { NextIntlClientProvider } from 'next-intl';
import { createContext, use, useCallback, useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import english from '../../messages/en.json';
import { keepChoice, shownLanguage, type Language, type LanguageChoice } from './languages';

interface Spoken {
  readonly locale: Language;
  readonly messages: typeof english;
}

const ENGLISH: Spoken = { locale: 'en', messages: english };

/**
 * English comes with the script (in each exported page it would lie once more), for the pages are drawn in it; any
 * other language only when it is shown.
 */
const load = async (locale: Language): Promise<Spoken> =>
  locale === 'en' ? ENGLISH : { locale, messages: (await import('../../messages/ja.json')).default };

const ChooseLanguage = createContext<(choice: LanguageChoice) => void>(() => undefined);

export const useChooseLanguage = () => use(ChooseLanguage);

/** No exported page holds a date, so times may be read on the listener's own clock from the first paint on. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState(ENGLISH);
  // Where the words cannot be had, English stays.
  const speak = useCallback(() => {
    const locale = shownLanguage();
    void load(locale)
      .catch(() => ENGLISH)
      .then((loaded) => locale === shownLanguage() && setSpoken(loaded));
  }, []);
  useEffect(speak, [speak]);
  useLayoutEffect(() => {
    if (spoken === ENGLISH && shownLanguage() !== 'en') return;
    document.documentElement.lang = spoken.locale;
    delete document.documentElement.dataset.words;
  }, [spoken]);
  const choose = useCallback(
    (choice: LanguageChoice) => {
      keepChoice(choice);
      speak();
    },
    [speak],
  );
  return (
    <ChooseLanguage value={choose}>
      <NextIntlClientProvider locale={spoken.locale} messages={spoken.messages} timeZone={HERE}>
        {children}
      </NextIntlClientProvider>
    </ChooseLanguage>
  );
}
