import { artworkUrl } from '../library/artwork-url';

/** The service worker answers with these what it has nothing better for (`worker/sw.ts`). */
const CACHE = 'kanade-kept-pictures';
/** What it keeps of pictures that were merely seen. */
const SEEN = 'kanade-pictures';
const KEPT_SIZE = 512;

const idOf = (address: string): string | undefined =>
  /\/api\/artwork\/([^/?]+)/.exec(new URL(address).pathname)?.[1];

/** One size of it does for all. */
export const keepPicture = async (artworkId: string): Promise<void> => {
  const cache = await caches.open(CACHE);
  const address = artworkUrl(artworkId, KEPT_SIZE);
  if (!(await cache.match(address, { ignoreVary: true }))) await cache.add(address);
};

export const dropPictures = async (wanted: ReadonlySet<string | undefined>): Promise<void> => {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys())
    if (!wanted.has(decodeURIComponent(idOf(request.url) ?? ''))) await cache.delete(request);
};

export const dropAllPictures = async (): Promise<void> => {
  await Promise.all([caches.delete(CACHE), caches.delete(SEEN)]);
};
