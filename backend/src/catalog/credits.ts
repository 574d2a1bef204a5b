import type { CreditRole as TagRole } from '../media/track-tags.js';
import { cleanName, fold, sortKey } from './names.js';

/** Who did what on a track; the names are those of the API. */
export type CreditRole = 'performer' | 'albumArtist' | TagRole;

/** An artist as one file names it; who that is among those known is decided by artist-matching.ts. */
export interface ArtistRef {
  readonly name: string;
  readonly nameKey: string;
  readonly sortName: string;
  readonly sortKey: string;
  readonly musicBrainzId: string | null;
}

export interface Credit {
  readonly role: CreditRole;
  readonly artist: ArtistRef;
}

export const VARIOUS_ARTISTS = 'Various Artists';

const VARIOUS_NAMES: ReadonlySet<string> = new Set(
  [
    VARIOUS_ARTISTS,
    'Various',
    'Various Artist',
    'VA',
    'V.A.',
    'V/A',
    'Verschiedene Interpreten',
    'Artistes divers',
    'Varios Artistas',
    'Artisti Vari',
    'ヴァリアス・アーティスト',
    'オムニバス',
    'Сборник',
    '群星',
  ].map(fold),
);

/** MusicBrainz' own entry for various artists. */
const VARIOUS_MUSICBRAINZ_ID = '89ad4ac3-39f7-470e-963a-56509c546377';

export const isVarious = (artist: ArtistRef): boolean =>
  artist.musicBrainzId === VARIOUS_MUSICBRAINZ_ID || VARIOUS_NAMES.has(artist.nameKey);

const MUSICBRAINZ_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const musicBrainzId = (text: string | null | undefined): string | null =>
  text != null && MUSICBRAINZ_ID.test(text.trim()) ? text.trim().toLowerCase() : null;

export const artistRef = (name: string, sortTag?: string | null, mbid?: string | null): ArtistRef | null => {
  const clean = cleanName(name);
  if (clean === '') return null;
  const sortName = cleanName(sortTag ?? '') || clean;
  return {
    name: clean,
    nameKey: fold(clean),
    sortName,
    sortKey: sortKey(clean, sortTag),
    musicBrainzId: musicBrainzId(mbid),
  };
};

const variousRef: ArtistRef = {
  name: VARIOUS_ARTISTS,
  nameKey: fold(VARIOUS_ARTISTS),
  sortName: VARIOUS_ARTISTS,
  sortKey: sortKey(VARIOUS_ARTISTS),
  musicBrainzId: null,
};

/** Every spelling of "various artists" is one artist. */
export const variousArtists = (): ArtistRef => variousRef;

const FEATURING = /\s+[([]?(?:feat\.?|ft\.?|featuring)\s+([^)\]]+)[)\]]?\s*/iu;

/** "A feat. B" is A, with B beside; the words after "feat." stay one name, since "&" may belong to it. */
export const splitFeaturing = (
  name: string,
): { readonly main: string; readonly guests: readonly string[] } => {
  const match = FEATURING.exec(name);
  if (match === null || match.index === 0) return { main: name, guests: [] };
  const guests = (match[1] ?? '').split(/\s*[,;]\s+/u).filter((guest) => guest.trim() !== '');
  return { main: name.slice(0, match.index), guests };
};

export const uniqueArtists = (artists: readonly (ArtistRef | null)[]): ArtistRef[] => {
  const seen = new Map<string, ArtistRef>();
  for (const artist of artists) {
    if (artist !== null && !seen.has(artist.nameKey)) seen.set(artist.nameKey, artist);
  }
  return [...seen.values()];
};

/** Ids and sort names are given to names only when there are as many of them, before or after guests are split off. */
export const artistList = (
  names: readonly string[],
  sortTags: readonly string[] = [],
  ids: readonly string[] = [],
): ArtistRef[] => {
  const parts = names.map(splitFeaturing);
  const all = parts.flatMap(({ main, guests }) => [main, ...guests]);
  const mains = parts.map(({ main }) => main);
  const matching = (values: readonly string[], name: string): string | undefined => {
    if (values.length === all.length) return values[all.indexOf(name)];
    return values.length === mains.length ? values[mains.indexOf(name)] : undefined;
  };
  return uniqueArtists(all.map((name) => artistRef(name, matching(sortTags, name), matching(ids, name))));
};
