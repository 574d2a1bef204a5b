import { readPreference, writePreference } from './preference';

export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'kanade.theme';
const LIGHT = '(prefers-color-scheme: light)';

/** Runs before the first paint, so the page never shows in the wrong theme. Its hash stands in the policy. */
export const THEME_SCRIPT = `(function(){var t;try{t=localStorage.getItem('${KEY}')}catch(e){}
if(t!=='dark'&&t!=='light')t=matchMedia('${LIGHT}').matches?'light':'dark';document.documentElement.dataset.theme=t})()`;

export const storedTheme = (): Theme => {
  const stored = readPreference(KEY);
  return stored === 'dark' || stored === 'light' ? stored : 'system';
};

const apply = (theme: Theme): void => {
  const shown = theme === 'system' ? (matchMedia(LIGHT).matches ? 'light' : 'dark') : theme;
  document.documentElement.dataset.theme = shown;
};

export const chooseTheme = (theme: Theme): void => {
  writePreference(KEY, theme);
  apply(theme);
};

/** The system may turn dark in the evening while the page is open. */
export const followSystemTheme = (): (() => void) => {
  const system = matchMedia(LIGHT);
  const follow = () => apply(storedTheme());
  system.addEventListener('change', follow);
  return () => system.removeEventListener('change', follow);
};
