/** What says who it is; the first that fits, for each of them claims to be those below, too. */
const BROWSERS = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|HeadlessChrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;

const SYSTEMS = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

type Known = readonly (readonly [RegExp, string])[];

const firstIn = (known: Known, userAgent: string): string | null =>
  known.find(([mark]) => mark.test(userAgent))?.[1] ?? null;

/** Pure: how a person would name the device; a program's own name (its first word) where no browser is known. */
export const deviceNameOf = (
  userAgent: string,
): { readonly program: string; readonly system: string | null } => ({
  program: firstIn(BROWSERS, userAgent) ?? userAgent.split(/[\s/]/)[0] ?? '',
  system: firstIn(SYSTEMS, userAgent),
});
