import type { AlbumSort, ArtistRole, ArtistSort, ReleaseType, TrackSort } from '../api/client';
import type { CatalogFilter } from '../api/queries';

export const VIEWS = ['albums', 'tracks', 'artists', 'playlists', 'liked', 'history', 'statistics'] as const;
export const ALBUM_SORTS = ['added', 'title', 'artist', 'year'] as const satisfies readonly AlbumSort[];
export const TRACK_SORTS = ['added', 'title', 'artist'] as const satisfies readonly TrackSort[];
export const ARTIST_SORTS = ['name', 'added', 'tracks'] as const satisfies readonly ArtistSort[];
export const RELEASE_TYPES = [
  'album',
  'single',
  'ep',
  'live',
  'compilation',
  'soundtrack',
  'remix',
] as const satisfies readonly ReleaseType[];
export const ROLES = [
  'performer',
  'composer',
  'conductor',
  'lyricist',
  'arranger',
  'remixer',
  'producer',
] as const satisfies readonly ArtistRole[];

export type LibraryView =
  | { readonly view: 'albums'; readonly sort: AlbumSort; readonly filter: CatalogFilter }
  | { readonly view: 'tracks'; readonly sort: TrackSort; readonly filter: CatalogFilter }
  | { readonly view: 'artists'; readonly sort: ArtistSort; readonly filter: CatalogFilter }
  | { readonly view: 'statistics'; readonly year?: number }
  | { readonly view: 'playlists' | 'liked' | 'history' };

/** What may narrow which list. */
const NARROWED_BY = {
  albums: ['genreId', 'yearFrom', 'yearTo', 'releaseType', 'libraryId'],
  tracks: ['genreId', 'yearFrom', 'yearTo', 'releaseType', 'libraryId'],
  artists: ['genreId', 'role', 'libraryId'],
} as const satisfies Record<string, readonly (keyof CatalogFilter)[]>;

const NAMES = {
  genreId: 'genre',
  yearFrom: 'from',
  yearTo: 'to',
  releaseType: 'type',
  role: 'role',
  libraryId: 'folder',
} as const satisfies Record<keyof CatalogFilter, string>;

const oneOf = <T extends string>(known: readonly T[], value: string | null, otherwise: T): T =>
  known.find((each) => each === value) ?? otherwise;

/** A word of the address; what is none that we know says nothing. */
const known = <T extends string>(words: readonly T[], value: string | null): T | undefined =>
  words.find((each) => each === value);

const yearIn = (value: string | null): number | undefined =>
  value !== null && /^\d{1,4}$/.test(value) && Number(value) > 0 ? Number(value) : undefined;

const readFilter = (params: URLSearchParams, view: keyof typeof NARROWED_BY): CatalogFilter => {
  const asked: { readonly [Key in keyof CatalogFilter]: CatalogFilter[Key] | undefined } = {
    genreId: params.get(NAMES.genreId) || undefined,
    yearFrom: yearIn(params.get(NAMES.yearFrom)),
    yearTo: yearIn(params.get(NAMES.yearTo)),
    releaseType: known(RELEASE_TYPES, params.get(NAMES.releaseType)),
    role: known(ROLES, params.get(NAMES.role)),
    libraryId: params.get(NAMES.libraryId) || undefined,
  };
  const used = NARROWED_BY[view].flatMap((key) =>
    asked[key] === undefined ? [] : [[key, asked[key]] as const],
  );
  return Object.fromEntries(used);
};

/** The address is the state: a sorted and narrowed library can be linked, and Back returns to it. */
export function readView(params: URLSearchParams): LibraryView {
  const view = oneOf(VIEWS, params.get('view'), 'albums');
  const sort = params.get('sort');
  switch (view) {
    case 'albums':
      return { view, sort: oneOf(ALBUM_SORTS, sort, 'added'), filter: readFilter(params, view) };
    case 'tracks':
      return { view, sort: oneOf(TRACK_SORTS, sort, 'title'), filter: readFilter(params, view) };
    case 'artists':
      return { view, sort: oneOf(ARTIST_SORTS, sort, 'name'), filter: readFilter(params, view) };
    case 'statistics': {
      const year = yearIn(params.get('year'));
      return { view, ...(year !== undefined && { year }) };
    }
    case 'playlists':
    case 'liked':
    case 'history':
      return { view };
  }
}

export function viewAddress(state: LibraryView): string {
  const params = new URLSearchParams({ view: state.view });
  if ('sort' in state) {
    params.set('sort', state.sort);
    for (const key of NARROWED_BY[state.view]) {
      const value = state.filter[key];
      if (value !== undefined) params.set(NAMES[key], String(value));
    }
  }
  if (state.view === 'statistics' && state.year !== undefined) params.set('year', String(state.year));
  return `/library?${params}`;
}

/** From one shelf to the next: what narrows both stays. */
export function beside(state: LibraryView, view: (typeof VIEWS)[number]): LibraryView {
  const next = readView(new URLSearchParams({ view }));
  if (!('filter' in next) || !('filter' in state)) return next;
  const params = new URL(viewAddress(state), 'http://kanade').searchParams;
  return { ...next, filter: readFilter(params, next.view) };
}

export const isNarrowed = (state: LibraryView): boolean =>
  'filter' in state && Object.keys(state.filter).length > 0;
