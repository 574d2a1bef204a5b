import type { AlbumSort, TrackSort } from '../api/client';

export type LibraryView =
  | { readonly view: 'albums'; readonly sort: AlbumSort }
  | { readonly view: 'tracks'; readonly sort: TrackSort; readonly genreId?: string }
  | { readonly view: 'artists' | 'liked' | 'history' };

export const VIEWS = ['albums', 'tracks', 'artists', 'liked', 'history'] as const;
export const ALBUM_SORTS = ['added', 'title', 'artist', 'year'] as const satisfies readonly AlbumSort[];
export const TRACK_SORTS = ['added', 'title', 'artist'] as const satisfies readonly TrackSort[];

const oneOf = <T extends string>(known: readonly T[], value: string | null, otherwise: T): T =>
  known.find((each) => each === value) ?? otherwise;

/** The address is the state: a sorted library can be linked, and Back returns to it. */
export function readView(params: URLSearchParams): LibraryView {
  const view = oneOf(VIEWS, params.get('view'), 'albums');
  switch (view) {
    case 'albums':
      return { view, sort: oneOf(ALBUM_SORTS, params.get('sort'), 'added') };
    case 'tracks': {
      const genreId = params.get('genre');
      return { view, sort: oneOf(TRACK_SORTS, params.get('sort'), 'title'), ...(genreId && { genreId }) };
    }
    case 'artists':
    case 'liked':
    case 'history':
      return { view };
  }
}

export function viewAddress(state: LibraryView): string {
  const params = new URLSearchParams({ view: state.view });
  if ('sort' in state) params.set('sort', state.sort);
  if (state.view === 'tracks' && state.genreId) params.set('genre', state.genreId);
  return `/library?${params}`;
}
