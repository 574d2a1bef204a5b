import { isUnspaced, searchWords } from '../catalog/names.js';

/** Behind a whole word: so that "love" typed in full finds a list of its own, however many words begin with it. */
export const WORD_END = '\u0001';
/** Before the beginning of a name. No name holds either: control characters are cleaned out of them. */
export const NAME_START = '\u0002';
export const LONGEST_TERM = 24;

/** What of a thing is searched. */
export interface Indexed {
  /** The words of its name. */
  readonly name: string;
  /** All words, each behind a space: what a hit is checked on. */
  readonly words: string;
  /** Whole words of Latin letters and the like; of kanji and kana the overlapping pairs, and the last one alone. */
  readonly terms: readonly string[];
}

export const cutTerm = (text: string): string =>
  text.length <= LONGEST_TERM ? text : [...text].slice(0, LONGEST_TERM).join('');

/** 初音みく as 初音 音み みく く. */
export const pairsOf = (run: string): readonly string[] => {
  const characters = [...run];
  return characters.map((character, at) => character + (characters[at + 1] ?? ''));
};

/** Pure: of a name and the text that was folded when it was stored (`searchText`). */
export const indexed = (name: string, searchText: string): Indexed => {
  const lines = searchText.split('\n').map((line) => line.split(' ').filter((word) => word !== ''));
  // Its last line repeats runs of kanji and kana as pairs, where there are any.
  const words = lines.some((line) => line.some(isUnspaced)) ? lines.slice(0, -1).flat() : lines.flat();
  return {
    name: searchWords(name).join(' '),
    words: ` ${words.join(' ')}`,
    terms: [...new Set(words.flatMap(termsOf))],
  };
};

export const termsOf = (word: string): readonly string[] =>
  isUnspaced(word) ? pairsOf(word) : [cutTerm(word)];

/** Under which words the thing stands in the index. */
export const postingTerms = ({ name, terms }: Indexed): readonly string[] => [
  ...terms.map((term) => (isUnspaced(term) ? term : term + WORD_END)),
  NAME_START + cutTerm(name),
];
