import type { CaredFor } from './profile.js';

/**
 * Why a track was chosen. `because`: the parts of the model's score that these tracks give, and they sum to it;
 * `artist`, `genre`: what the listener played of it; the others rest on no track of theirs. `none`: it was true once.
 */
export const REASON_KINDS = [
  'because',
  'artist',
  'genre',
  'followed',
  'fresh',
  'popular',
  'longShot',
  'none',
] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

/** As it is kept: ids and shares, words are made when it is read. */
export interface Reason {
  readonly kind: ReasonKind;
  /** Tracks that the listener really played, the most important first, with their shares of all. */
  readonly parts: readonly { readonly trackId: string; readonly share: number }[];
  /** The genre or artist it speaks of. */
  readonly aboutId?: string;
}

const MOST_PARTS = 3;

/** Pure: the greatest parts as shares of all that is above nought. */
export const partsOf = (
  weighed: readonly { readonly trackId: string; readonly weight: number }[],
): Reason['parts'] => {
  const above = weighed.filter(({ weight }) => weight > 0);
  const total = above.reduce((sum, { weight }) => sum + weight, 0);
  return above
    .sort((a, b) => b.weight - a.weight || (a.trackId < b.trackId ? -1 : 1))
    .slice(0, MOST_PARTS)
    .map(({ trackId, weight }) => ({ trackId, share: weight / total }));
};

export interface Grounds {
  readonly artistIds: readonly string[];
  readonly genreIds: readonly string[];
  readonly listeners: number;
  readonly isFresh: boolean;
  readonly isFollowed: boolean;
  /** What each track of the listener gives to the model's score; empty where the model says nothing of it. */
  readonly given: readonly { readonly trackId: string; readonly weight: number }[];
}

/** Pure: the first that is true, the one that says most before those that say less. */
export const reasonOf = (grounds: Grounds, own: readonly CaredFor[]): Reason => {
  const played = own.filter(({ isPlayed }) => isPlayed);
  const isNamed = new Set(played.map(({ trackId }) => trackId));
  const because = partsOf(grounds.given).filter(({ trackId }) => isNamed.has(trackId));
  if (because.length > 0) return { kind: 'because', parts: because };
  const about = (kind: 'artist' | 'genre', ids: readonly string[]): Reason | null => {
    for (const aboutId of ids) {
      const same = played.filter((track) =>
        track[kind === 'artist' ? 'artistIds' : 'genreIds'].includes(aboutId),
      );
      const parts = partsOf(same.map(({ trackId, gain }) => ({ trackId, weight: gain })));
      if (parts.length > 0) return { kind, parts, aboutId };
    }
    return null;
  };
  const [artistId] = grounds.artistIds;
  return (
    about('artist', grounds.artistIds) ??
    (grounds.isFollowed && artistId !== undefined
      ? { kind: 'followed', parts: [], aboutId: artistId }
      : null) ??
    about('genre', grounds.genreIds) ?? {
      kind: grounds.listeners > 0 ? 'popular' : grounds.isFresh ? 'fresh' : 'longShot',
      parts: [],
    }
  );
};

export interface ReasonWords {
  readonly tracks: readonly { readonly title: string; readonly artist: string }[];
  readonly about: string | null;
  readonly listeners: number;
}

const SHORT = 40;
const short = (text: string): string =>
  text.length > SHORT ? `${text.slice(0, SHORT - 1).trimEnd()}…` : text;

/** Pure: one sentence, for programs; the page has its own words. */
export const reasonText = (kind: ReasonKind, { tracks, about, listeners }: ReasonWords): string => {
  const [first] = tracks;
  const named =
    first === undefined
      ? ''
      : `“${short(first.title)}”${first.artist === '' ? '' : ` by ${short(first.artist)}`}`;
  switch (kind) {
    case 'because':
      return `Because you played ${named}.`;
    case 'artist':
      return `You played ${named}.`;
    case 'genre':
      return `${short(about ?? '')}, like ${named}, which you played.`;
    case 'followed':
      return `From ${short(about ?? '')}, whom you follow.`;
    case 'popular':
      return listeners === 1 ? 'Somebody else here plays it.' : `${listeners} people here play it.`;
    case 'fresh':
      return 'New here, and nobody has played it yet.';
    case 'longShot':
      return 'A long shot: one step past anything in your history.';
    case 'none':
      return '';
  }
};
