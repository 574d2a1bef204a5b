import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { LANGUAGE_SCRIPT, languageFor } from './languages';

/** What the script before the first paint makes of a browser. */
const painted = (stored: string | null, languages: readonly string[]) => {
  const documentElement = { lang: 'en', dataset: {} };
  runInNewContext(LANGUAGE_SCRIPT, {
    document: { documentElement },
    localStorage: { getItem: () => stored },
    navigator: { languages },
    setTimeout: () => 0,
  });
  return documentElement;
};

const BROWSERS = [
  { stored: null, languages: ['ja-JP', 'en'], shown: 'ja' },
  { stored: null, languages: ['fr', 'ja'], shown: 'ja' },
  { stored: null, languages: ['en-GB', 'ja'], shown: 'en' },
  { stored: null, languages: ['de'], shown: 'en' },
  { stored: 'ja', languages: ['en'], shown: 'ja' },
  { stored: 'en', languages: ['ja'], shown: 'en' },
  { stored: 'system', languages: ['ja'], shown: 'ja' },
] as const;

describe('the language of a page', () => {
  it.each(BROWSERS)('is $shown for $languages when $stored was chosen', ({ stored, languages, shown }) => {
    expect(languageFor(stored, languages)).toBe(shown);
    expect(painted(stored, languages)).toEqual({
      lang: shown,
      dataset: shown === 'en' ? {} : { words: 'awaited' },
    });
  });
});
