import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** The tests' own runner looks for a Chromium and names it. */
export const CHROMIUM = process.env.KANADE_CHROMIUM ?? '/usr/bin/chromium';

export const launchBrowser = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS, ...more] });

/** A page, and everything that went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Violations of the content policy, errors in the console, exceptions nobody caught. */
  readonly complaints: readonly string[];
  /** Paths of all media that were asked for, in order. */
  readonly media: readonly string[];
  readonly close: () => Promise<void>;
}

/** Only there so that a broken page fails its test: a busy machine takes its time. */
const PATIENCE_MS = 180_000;

/** Before anybody is signed in. */
const SIGNED_OUT = /the server responded with a status of 401/;
/** What a browser looks for by itself. */
const OWN_WISHES = /\/favicon\.ico\)$/;
/** To the second of two pages in which one listener plays at once. */
const QUEUE_CHANGED = /the server responded with a status of 409 .*\/api\/me\/queue\)$/;

/** Where a list holds already what is put into it, and where somebody else has changed it. */
const LIST_CONFLICT = /the server responded with a status of 409 .*\/api\/playlists\/[^)]*\)$/;
const EXPECTED = [SIGNED_OUT, OWN_WISHES, QUEUE_CHANGED, LIST_CONFLICT];

/** A page of its own session, without its service worker unless that is wished. What a browser says of every refusal is no fault where that is an answer. */
export const openPage = async (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> => {
  const context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  const media: string[] = [];
  page.on('console', (message) => {
    const complaint = `${message.text()} (${message.location().url})`;
    if (message.type() === 'error' && !EXPECTED.some((each) => each.test(complaint)))
      complaints.push(complaint);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/media/')) media.push(pathname);
  });
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`content policy: ${effectiveDirective} ${blockedURI}`),
    ),
  );
  return { page, complaints, media, close: () => context.close() };
};
