import { describe, expect, it } from '@jest/globals';
import { beside, isNarrowed, readView, viewAddress, type LibraryView } from './library-view';

const read = (address: string) => readView(new URL(address, 'http://kanade').searchParams);

describe('the address of the library', () => {
  it.each<LibraryView>([
    { view: 'albums', sort: 'year', filter: {} },
    { view: 'albums', sort: 'title', filter: { yearFrom: 1990, yearTo: 1999, releaseType: 'live' } },
    { view: 'tracks', sort: 'artist', filter: {} },
    { view: 'tracks', sort: 'added', filter: { genreId: 'g-1', libraryId: 'l-1' } },
    { view: 'artists', sort: 'tracks', filter: { role: 'composer' } },
    { view: 'liked' },
    { view: 'history' },
    { view: 'statistics' },
    { view: 'statistics', year: 2025 },
  ])('says all of %j and nothing else', (state) => {
    expect(viewAddress(state)).toMatch(/^\/library\?/);
    expect(read(viewAddress(state))).toEqual(state);
  });

  it('shows the newest albums when it says nothing, or nonsense', () => {
    const newest = { view: 'albums', sort: 'added', filter: {} };
    expect(read('/library')).toEqual(newest);
    expect(read('/library?view=films&sort=loudness&type=opera&from=then&role=composer')).toEqual(newest);
  });

  it('takes along to the next shelf what narrows that one, too', () => {
    const albums = read('/library?view=albums&sort=year&genre=g-1&from=1980&type=ep');
    expect(beside(albums, 'tracks')).toEqual({
      view: 'tracks',
      sort: 'title',
      filter: { genreId: 'g-1', yearFrom: 1980, releaseType: 'ep' },
    });
    expect(beside(albums, 'artists')).toEqual({ view: 'artists', sort: 'name', filter: { genreId: 'g-1' } });
    expect(beside(albums, 'history')).toEqual({ view: 'history' });
    expect([albums, read('/library'), read('/library?view=liked')].map(isNarrowed)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
