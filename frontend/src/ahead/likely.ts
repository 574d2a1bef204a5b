/** What a place on the page can become: `data-ahead` says it of rows and buttons, an address of links. */
export type Likely =
  | { readonly kind: 'track' | 'album' | 'artist' | 'playlist'; readonly id: string }
  | { readonly kind: 'home' };

export const aheadOf = (kind: Exclude<Likely['kind'], 'home'>, id: string): string => `${kind} ${id}`;

export const readAhead = (written: string): Likely | null => {
  const [, kind, id] = /^(track|album|artist|playlist) (\S+)$/.exec(written) ?? [];
  return isKind(kind) && id !== undefined ? { kind, id } : null;
};

const isKind = (kind: string | undefined): kind is 'track' | 'album' | 'artist' | 'playlist' =>
  kind === 'track' || kind === 'album' || kind === 'artist' || kind === 'playlist';

/** The page that a link leads to, where its data are worth fetching before it is pressed. */
export const likelyPage = (pathname: string): Likely | null => {
  if (pathname === '/') return { kind: 'home' };
  const [, kind, id] = /^\/(album|artist|playlist)s\/([^/]+)$/.exec(pathname) ?? [];
  return isKind(kind) && id !== undefined ? { kind, id } : null;
};
