import { isUnspaced, searchWords, sortStart } from '../catalog/names.js';

export interface SearchTerms {
  /** LIKE patterns over search_text; a hit satisfies each. */
  readonly patterns: readonly string[];
  /** Sort keys from the first up to, not including, the second are names that begin with what was typed. */
  readonly range: readonly [string, string] | null;
}

/** Fewer than three characters inside a word are in no trigram: they are looked for at the beginning of words. */
const TRIGRAM = 3;
const MOST_WORDS = 16;
/** Above every character of a sort key. */
const END = '\u{10ffff}';

const literal = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

const patternOf = (word: string): string => {
  const { length } = [...word];
  if (length >= TRIGRAM) return `%${literal(word)}%`;
  // Short runs of kanji and kana begin one of the pairs that are stored beside the words.
  return isUnspaced(word) || /[\p{L}\p{N}]/u.test(word) ? `% ${literal(word)}%` : `%${literal(word)}%`;
};

/** Pure: what somebody typed, as the database is asked; folded exactly as names were when they were stored. */
export const searchTerms = (query: string): SearchTerms => {
  const words = [...new Set(searchWords(query))].slice(0, MOST_WORDS);
  if (words.length === 0) return { patterns: [], range: null };
  const key = sortStart(query);
  return { patterns: words.map(patternOf), range: [key, key + END] };
};
