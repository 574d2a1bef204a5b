import { describe, expect, it } from '@jest/globals';
import { cleanName, fold, searchText, searchWords, sortKey } from './names.js';

describe('fold', () => {
  it.each([
    ['Beyoncé', 'BEYONCE'],
    ['Ｐｅｒｆｕｍｅ', 'Perfume'],
    ['ﾊﾂﾈﾐｸ', 'ハツネミク'],
    ['Guns N’ Roses', "guns n' roses"],
    ['Jay–Z', 'jay-z'],
    ['Sigur  Rós ', 'sigur ros'],
    ['Mötley Crüe', 'motley crue'],
    ['Die Ärzte', 'die arzte'],
    ['Straße', 'STRASSE'],
    ['が', 'か\u3099'],
  ])('%s and %s are one name', (a, b) => expect(fold(a)).toBe(fold(b)));

  it.each([
    ['AC/DC', 'ACDC'],
    ['アイ', 'あい'],
    ['か', 'が'],
    ['!!!', '???'],
    ['Prince', 'Princess'],
  ])('%s and %s are two names', (a, b) => expect(fold(a)).not.toBe(fold(b)));

  it('keeps a key for a name that is nothing but an accent', () => expect(fold('\u0301')).not.toBe(''));

  it('bounds a tag of ten thousand characters', () => expect(fold('漢'.repeat(10_000))).toHaveLength(500));
});

describe('cleanName', () => {
  it('takes out what Postgres and a line of text cannot hold', () => {
    expect(cleanName(' a\0b\nc\u2028d ')).toBe('a b c d');
    expect(cleanName('x\ud800')).toBe('x\ufffd');
  });
});

describe('sortKey', () => {
  const order = (names: readonly string[]): string[] =>
    [...names].sort((a, b) => Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b))));

  it.each([
    [
      ['The Beatles', 'Abba', 'A Perfect Circle', 'Björk'],
      ['Abba', 'The Beatles', 'Björk', 'A Perfect Circle'],
    ],
    [
      ['Vol. 10', 'Vol. 9', 'Vol. 1'],
      ['Vol. 1', 'Vol. 9', 'Vol. 10'],
    ],
    [
      ['10,000 Days', '9 Songs'],
      ['9 Songs', '10,000 Days'],
    ],
    [
      ['かく', 'がい', 'かい'],
      ['かい', 'がい', 'かく'],
    ],
    [
      ['ハル', 'はな', 'ひる'],
      ['はな', 'ハル', 'ひる'],
    ],
    [
      ['漢字', 'かな', 'Zoo', 'Éclair', '99'],
      ['99', 'Éclair', 'Zoo', 'かな', '漢字'],
    ],
    [
      ['"Heroes"', '(What’s the Story)', '...And Justice'],
      ['...And Justice', '"Heroes"', '(What’s the Story)'],
    ],
    [
      ['Love Me', 'Love', 'Loved'],
      ['Love', 'Love Me', 'Loved'],
    ],
  ])('%j is listed as %j', (names, expected) => expect(order(names)).toEqual(expected));

  it('goes by the sort tag when there is one', () => {
    expect(sortKey('初音ミク', 'ハツネ ミク')).toBe(sortKey('はつね みく'));
    expect(sortKey('The Beatles', 'Beatles, The')).toBe('beatles the');
    expect(sortKey('The Beatles', ' ')).toBe('beatles');
  });

  it.each(['The', 'A', 'L’', '!!!', 'The The'])('%s alone keeps a key', (name) =>
    expect(sortKey(name)).not.toBe(''),
  );
});

describe('searchWords', () => {
  it.each([
    ['R.E.M.', ['rem']],
    ['AC/DC', ['ac', 'dc']],
    ['Don’t Stop', ['dont', 'stop']],
    ['初音ミク Live', ['初音みく', 'live']],
    ['ｶﾞﾗｽ', ['がらす']],
    ['スーパー', ['すーぱー']],
    ['!!!', ['!!!']],
    ['100% _pure_ \\o/', ['100', 'pure', 'o']],
    ['', []],
    ['\0', []],
  ])('%s is %j', (text, words) => expect(searchWords(text)).toEqual(words));

  it('keeps the parts of a row apart', () => {
    expect(searchText('Let It Be', 'The Beatles', '')).toBe(' let it be \n the beatles ');
  });

  it('stores every pair of kanji and kana, so that one character finds its title', () => {
    expect(searchText('初音ミク', 'Live')).toBe(' 初音みく \n live \n 初音 音み みく く ');
  });
});
