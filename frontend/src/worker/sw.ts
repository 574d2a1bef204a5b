import { CacheFirst, ExpirationPlugin, Serwist, type PrecacheEntry, type SerwistPlugin } from 'serwist';
import { shellFileOf } from './shell-files';

declare const self: ServiceWorkerGlobalScope & {
  /** Put in by the build: the exported files that the app starts from. */
  readonly __SW_MANIFEST: readonly PrecacheEntry[];
};

const DAY_SECONDS = 24 * 60 * 60;
/** Pictures of what was downloaded; `offline/kept-pictures.ts` fills it and empties it. */
const KEPT_PICTURES = 'kanade-kept-pictures';

/** Of a picture that cannot be had in the size or form that was asked for, any other one will do. */
const anySize: SerwistPlugin = {
  handlerDidError: async ({ request }) => {
    const alike = { ignoreSearch: true, ignoreVary: true };
    const kept = await caches.open(KEPT_PICTURES);
    return (await kept.match(request, alike)) ?? (await caches.match(request, alike));
  },
};

/**
 * The shell, whole and of one build, before the network is asked; sound and data are never kept here. A newer one waits
 * until the page says that the listener wants it.
 */
const worker = new Serwist({
  precacheEntries: [...self.__SW_MANIFEST],
  precacheOptions: {
    cleanupOutdatedCaches: true,
    // No query chooses a file.
    ignoreURLParametersMatching: [/./],
    urlManipulation: ({ url }) => {
      const file = shellFileOf(url.pathname);
      return file === null ? [] : [new URL(file, url)];
    },
  },
  skipWaiting: false,
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/api/artwork/'),
      method: 'GET',
      handler: new CacheFirst({
        cacheName: 'kanade-pictures',
        matchOptions: { ignoreVary: true },
        plugins: [
          new ExpirationPlugin({
            maxEntries: 800,
            maxAgeSeconds: 60 * DAY_SECONDS,
            purgeOnQuotaError: true,
          }),
          anySize,
        ],
      }),
    },
    {
      // Of the Japanese fonts each page needs a few of some hundred files.
      matcher: ({ url, sameOrigin }) => sameOrigin && /^\/_next\/static\/.*\.woff2$/.test(url.pathname),
      method: 'GET',
      handler: new CacheFirst({
        cacheName: 'kanade-fonts',
        plugins: [new ExpirationPlugin({ maxEntries: 400, purgeOnQuotaError: true })],
      }),
    },
  ],
});

worker.addEventListeners();
