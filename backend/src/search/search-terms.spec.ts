import { describe, expect, it } from '@jest/globals';
import { searchText } from '../catalog/names.js';
import { searchTerms } from './search-terms.js';

/** LIKE, as Postgres does it. */
const matches = (text: string, pattern: string): boolean => {
  const source = pattern.replace(
    /\\(.)|([%_])|([^])/gu,
    (_, escaped?: string, wild?: string, plain?: string) =>
      wild === '%'
        ? '[^]*'
        : wild === '_'
          ? '[^]'
          : (escaped ?? plain ?? '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  );
  return new RegExp(`^${source}$`, 'u').test(text);
};
const finds = (query: string, ...parts: readonly string[]): boolean =>
  searchTerms(query).patterns.every((pattern) => matches(searchText(...parts), pattern));

describe('searchTerms', () => {
  it.each([
    ['beat', 'The Beatles'],
    ['BEYONCE', 'Beyoncé'],
    ['ｐｅｒｆｕｍｅ', 'Perfume'],
    ['r.e.m', 'R.E.M.'],
    ['ac dc', 'AC/DC'],
    ['eatle', 'The Beatles'],
    ['l', 'Let It Be'],
    ['be le', 'Let It Be'],
    ['音', '初音ミク'],
    ['ミク', '初音ミク'],
    ['みく', '初音ミク'],
    ['ﾐｸ', '初音ミク'],
    ['初音ミク', '初音ミク'],
    ['音ミク', '初音ミク'],
    ['ク', '初音ミク'],
    ['!!!', '!!!'],
    ['100%', '100% Pure'],
    ['\0be\0at', 'Be At'],
  ])('%j finds %j', (query, name) => expect(finds(query, name)).toBe(true));

  it.each([
    ['%', 'The Beatles'],
    ['_', 'The Beatles'],
    ['\\', 'The Beatles'],
    ['初ミ', '初音ミク'],
    ['et', 'Let It Be'],
    ['beatles stones', 'The Beatles'],
  ])('%j does not find %j', (query, name) => expect(finds(query, name)).toBe(false));

  it('finds words of title, artist and album together, but none that spans two of them', () => {
    expect(finds('let beatles', 'Let It Be', 'The Beatles')).toBe(true);
    expect(finds('be the', 'Let It Be', 'The Beatles')).toBe(true);
    expect(finds('bethe', 'Let It Be', 'The Beatles')).toBe(false);
  });

  it('asks for everything when nothing is typed', () => {
    for (const query of ['', '  ', '\0']) expect(searchTerms(query)).toEqual({ patterns: [], range: null });
  });
});
