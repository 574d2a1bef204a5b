import { isUnspaced, searchWords } from '../catalog/names.js';
import { cutTerm, pairsOf } from './index-terms.js';

export interface SearchTerms {
  /** The words as they were folded, joined: what names are compared with. Empty: nothing was typed. */
  readonly query: string;
  /** Each a prefix of a word, or of a pair of kanji and kana; a hit has all of them. */
  readonly terms: readonly string[];
  /** LIKE patterns over the words of a thing; a hit satisfies each. */
  readonly patterns: readonly string[];
}

const MOST_WORDS = 16;
/** A pattern checks the rest of a longer run. */
const MOST_TERMS = 32;

const literal = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

interface Term {
  readonly term: string;
  readonly pattern: string;
}

const termsOf = (word: string): readonly Term[] => {
  if (!isUnspaced(word)) return [{ term: cutTerm(word), pattern: `% ${literal(cutTerm(word))}%` }];
  const pairs = [...word].length === 1 ? [word] : pairsOf(word).slice(0, -1);
  return pairs.map((pair) => ({ term: pair, pattern: `%${pair}%` }));
};

/** Pure: what somebody typed, folded exactly as names were when they were stored. */
export const searchTerms = (typed: string): SearchTerms => termsOfWords(searchWords(typed));

export const termsOfWords = (folded: readonly string[]): SearchTerms => {
  const words = folded.slice(0, MOST_WORDS);
  const all = [...new Map(words.flatMap(termsOf).map((term) => [term.term, term])).values()];
  // "lo love": what begins with love begins with lo.
  const needed = all.filter(
    ({ term }) => !all.some((other) => other.term !== term && other.term.startsWith(term)),
  );
  const runs = words.filter((word) => isUnspaced(word) && [...word].length > 2).map((run) => `%${run}%`);
  const chosen = needed.slice(0, MOST_TERMS);
  return {
    query: words.join(' '),
    terms: chosen.map(({ term }) => term),
    patterns: [...chosen.map(({ pattern }) => pattern), ...runs],
  };
};

const lexeme = (term: string): string => `'${term.replace(/['\\]/g, '\\$&')}'`;

/** The terms as a text search query of Postgres. */
export const prefixQuery = (terms: readonly string[]): string =>
  terms.map((term) => `${lexeme(term)}:*`).join(' & ');

const LEAST_SUNG = 4;
const LEAST_SUNG_JAPANESE = 3;

/**
 * The same for lyrics, where frequent words are in every third song: only the last word, which may not be typed to its
 * end, is a prefix, and only a long one. Null: too little to look for in lyrics.
 */
export const lyricsQuery = (query: string): string | null => {
  const words = query.split(' ').filter((word) => word !== '');
  const typed = words.join('').length;
  if (typed < (words.some(isUnspaced) ? LEAST_SUNG_JAPANESE : LEAST_SUNG)) return null;
  const terms = words.flatMap((word, at) => {
    if (isUnspaced(word))
      return termsOf(word).map(({ term }) => lexeme(term) + ([...term].length === 1 ? ':*' : ''));
    const isOpen = at === words.length - 1 && word.length >= LEAST_SUNG;
    return [lexeme(cutTerm(word)) + (isOpen ? ':*' : '')];
  });
  return [...new Set(terms)].slice(0, MOST_TERMS).join(' & ');
};
