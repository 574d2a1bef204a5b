import { describe, expect, it } from '@jest/globals';
import { readView, viewAddress, type LibraryView } from './library-view';

describe('the address of the library', () => {
  it.each<LibraryView>([
    { view: 'albums', sort: 'year' },
    { view: 'tracks', sort: 'artist' },
    { view: 'tracks', sort: 'added', genreId: 'g-1' },
    { view: 'artists' },
    { view: 'liked' },
    { view: 'history' },
  ])('says all of %j and nothing else', (state) => {
    const address = new URL(viewAddress(state), 'http://kanade');
    expect(address.pathname).toBe('/library');
    expect(readView(address.searchParams)).toEqual(state);
  });

  it('shows the newest albums when it says nothing, or nonsense', () => {
    const newest = { view: 'albums', sort: 'added' };
    expect(readView(new URLSearchParams())).toEqual(newest);
    expect(readView(new URLSearchParams('view=films&sort=loudness'))).toEqual(newest);
  });
});
