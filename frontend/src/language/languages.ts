import { readPreference, writePreference } from '../frame/preference';

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];
/** What a listener may choose: a language, or whatever the browser asks for. */
export type LanguageChoice = Language | 'system';

const KEY = 'kanade.language';

const known = (tag: string | null): Language | undefined =>
  LANGUAGES.find((language) => language === tag?.slice(0, 2).toLowerCase());

/** The listener's own choice, else the first language of the browser that the page speaks, else English. */
export const languageFor = (choice: string | null, wanted: readonly string[]): Language =>
  known(choice) ?? wanted.map(known).find(Boolean) ?? 'en';

/**
 * Runs before the first paint. Pages are exported in English; where another language is to be shown, its words are
 * awaited: the frame is painted at once, and no English word before them (language.css).
 */
export const LANGUAGE_SCRIPT = `(function(r){var c;try{c=localStorage.getItem('${KEY}')}catch(e){}
var l=[c].concat(navigator.languages||[]).map(function(t){return String(t).slice(0,2).toLowerCase()})
.filter(function(t){return ${JSON.stringify(LANGUAGES)}.indexOf(t)>=0})[0]||'en';
r.lang=l;if(l!=='en'){r.dataset.words='awaited';setTimeout(function(){delete r.dataset.words},5000)}})(document.documentElement)`;

export const storedChoice = (): LanguageChoice => known(readPreference(KEY)) ?? 'system';

export const keepChoice = (choice: LanguageChoice): void => writePreference(KEY, choice);

export const shownLanguage = (): Language => languageFor(readPreference(KEY), navigator.languages ?? []);
