import { describe, expect, it } from '@jest/globals';
import { NAME_START, WORD_END } from './index-terms.js';
import { Postings } from './postings.js';
import { indexLists, tiersOf } from './prefix-lists.js';

const THINGS = ['lo', 'love', 'love', 'lovely', 'rain', '𠮷a', '𠮷b', 'love lo', 'lost', 'last'];

const listsOf = (
  frequent: number,
): { prefixes: Record<string, number[]>; words: Record<string, number[]> } => {
  const postings = new Postings();
  THINGS.forEach((name, thing) => {
    for (const word of new Set(name.split(' '))) postings.add(word + WORD_END, thing);
    postings.add(NAME_START + name, thing);
  });
  const made: ReturnType<typeof listsOf> = { prefixes: {}, words: {} };
  for (const list of indexLists(postings.sorted(), frequent))
    if (list.kind === 'prefix') made.prefixes[list.prefix] = [...list.things];
    else made.words[list.word] = [...list.things];
  return made;
};

describe('indexLists', () => {
  it('lists all things below each frequent prefix, once and in their order', () => {
    const { prefixes } = listsOf(2);
    expect(prefixes['l']).toEqual([0, 1, 2, 3, 7, 8, 9]);
    expect(prefixes['lo']).toEqual([0, 1, 2, 3, 7, 8]);
    expect(prefixes['love']).toEqual([1, 2, 3, 7]);
    expect(prefixes[`love${WORD_END}`]).toEqual([1, 2, 7]);
    expect(prefixes[`${NAME_START}lo`]).toEqual([0, 1, 2, 3, 7, 8]);
    expect(prefixes['rain']).toBeUndefined();
  });

  it('leaves words below no frequent prefix of their length as they are: every prefix is found by one or the other', () => {
    const { prefixes, words } = listsOf(2);
    for (const name of THINGS)
      for (const word of name.split(' '))
        for (let length = 1; length <= word.length; length++) {
          const prefix = word.slice(0, length);
          const all = THINGS.flatMap((other, thing) =>
            other.split(' ').some((one) => one.startsWith(prefix)) ? [thing] : [],
          );
          const below = Object.entries(words).flatMap(([one, things]) =>
            one.startsWith(prefix) ? things : [],
          );
          expect([prefix, prefixes[prefix] ?? [...new Set(below)].sort((a, b) => a - b)]).toEqual([
            prefix,
            all,
          ]);
        }
  });

  it('holds no list of everything, no word of a name’s beginning, and cuts no character in two', () => {
    const { prefixes, words } = listsOf(1);
    expect(prefixes[NAME_START]).toBeUndefined();
    expect(Object.keys(words).filter((word) => word.startsWith(NAME_START))).toEqual([]);
    expect(prefixes['𠮷']).toEqual([5, 6]);
    expect(Object.keys(prefixes).every((prefix) => prefix.isWellFormed())).toBe(true);
  });
});

describe('tiersOf', () => {
  it('cuts a list by popularity, with a first tier even where it is empty', () => {
    const things = Int32Array.from([4095, 4096, 70_000, 300_000].map((d) => (d << 8) | 1));
    expect(tiersOf(things).map(({ tier, things: cut }) => [tier, cut.length])).toEqual([
      [0, 1],
      [1, 1],
      [3, 1],
      [4, 1],
    ]);
    expect(tiersOf(things.subarray(3)).map(({ tier, things: cut }) => [tier, cut.length])).toEqual([
      [0, 0],
      [4, 1],
    ]);
  });
});
