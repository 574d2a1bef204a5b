import { describe, expect, it } from '@jest/globals';
import { searchText } from '../catalog/names.js';
import { indexed } from './index-terms.js';
import { lyricsQuery, prefixQuery, searchTerms } from './search-terms.js';

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
/** In the index (each term begins one of the thing's) and on its row. */
const finds = (query: string, name: string, ...others: readonly string[]): boolean => {
  const thing = indexed(name, searchText(name, ...others));
  const { terms, patterns } = searchTerms(query);
  const inIndex = terms.every((term) => thing.terms.some((word) => word.startsWith(term)));
  const onRow = patterns.every((pattern) => matches(thing.words, pattern));
  return inIndex && onRow;
};

describe('searchTerms', () => {
  it.each([
    ['beat', 'The Beatles'],
    ['BEYONCE', 'Beyoncé'],
    ['ｐｅｒｆｕｍｅ', 'Perfume'],
    ['r.e.m', 'R.E.M.'],
    ['ac dc', 'AC/DC'],
    ['l', 'Let It Be'],
    ['be le', 'Let It Be'],
    ['音', '初音ミク'],
    ['ミク', '初音ミク'],
    ['みく', '初音ミク'],
    ['ﾐｸ', '初音ミク'],
    ['初音ミク', '初音ミク'],
    ['音ミク', '初音ミク'],
    ['ク', '初音ミク'],
    ['初音 live', '初音ミクLive'],
    ['!!!', '!!!'],
    ['100%', '100% Pure'],
    ['\0be\0at', 'Be At'],
    ['a'.repeat(30), 'a'.repeat(40)],
  ])('%j finds %j', (query, name) => expect(finds(query, name)).toBe(true));

  it.each([
    ['%', 'The Beatles'],
    ['_', 'The Beatles'],
    ['\\', 'The Beatles'],
    ['eatl', 'The Beatles'],
    ['初ミ', '初音ミク'],
    ['音初音', '初音ミク音初'],
    ['et', 'Let It Be'],
    ['beatles stones', 'The Beatles'],
  ])('%j does not find %j', (query, name) => expect(finds(query, name)).toBe(false));

  it('finds words of title, artist and album together, but none that spans two of them', () => {
    expect(finds('let beatles', 'Let It Be', 'The Beatles')).toBe(true);
    expect(finds('be the', 'Let It Be', 'The Beatles')).toBe(true);
    expect(finds('bethe', 'Let It Be', 'The Beatles')).toBe(false);
  });

  it('asks for nothing when nothing is typed', () => {
    for (const query of ['', '  ', '\0'])
      expect(searchTerms(query)).toEqual({ query: '', terms: [], patterns: [] });
  });

  it('asks for no word that begins another one, and for no more than is worth it', () => {
    expect(searchTerms('lo love').terms).toEqual(['love']);
    expect(searchTerms('夜'.repeat(200)).terms).toEqual(['夜夜']);
    const long = Array.from({ length: 200 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
    expect(searchTerms(long).terms).toHaveLength(32);
  });

  it('writes terms as Postgres reads them', () => {
    expect(prefixQuery(['love', "'", '\\'])).toBe(`'love':* & '\\'':* & '\\\\':*`);
  });
});

describe('lyricsQuery', () => {
  it.each([
    ['midnight rain', `'midnight' & 'rain':*`],
    ['the ra', `'the' & 'ra'`],
    ['消えない', `'消え' & 'えな' & 'ない'`],
  ])('%j is asked as %s', (query, asked) => expect(lyricsQuery(query)).toBe(asked));

  it.each(['', 'a', 'the', 'a b', '夜空'])('%j is too little to look for', (query) =>
    expect(lyricsQuery(query)).toBeNull(),
  );
});
