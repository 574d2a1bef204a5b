import { isUnspaced } from '../catalog/names.js';

/** As the index has them: the beginnings of words, of 4 to 8 letters. */
const LETTERS = 8;
const LEAST = 4;

/** A shorter word has too many others beside it, and a slip in kana is another word. */
export const isCorrectable = (word: string): boolean => word.length >= LEAST && !isUnspaced(word);

/** Pure: the beginning of a word, and all that is left of it without one letter: two words with a slip between them share one. */
export const variantsOf = (word: string): readonly string[] => {
  const letters = [...word].slice(0, LETTERS);
  return [
    ...new Set([letters, ...letters.map((_, at) => letters.toSpliced(at, 1))].map((kept) => kept.join(''))),
  ];
};

export interface KnownWord {
  readonly word: string;
  /** How many things have a word that begins so. */
  readonly total: number;
}

export interface Doubtful {
  readonly typed: string;
  /** Whether anything has a word that begins so. */
  readonly isKnown: boolean;
  readonly near: readonly KnownWord[];
}

const MOST_TRIES = 2;

/** Pure: the words to try instead of one that was typed, the likeliest first: the least known word, of several the longest. */
export const corrections = (
  words: readonly Doubtful[],
): { readonly typed: string; readonly instead: readonly string[] } | null => {
  const [doubted] = words
    .filter(({ near }) => near.length > 0)
    .sort((a, b) => Number(a.isKnown) - Number(b.isKnown) || b.typed.length - a.typed.length);
  if (doubted === undefined) return null;
  const typed = [...doubted.typed].slice(0, LETTERS).join('');
  const instead = doubted.near
    .filter(({ word }) => word !== typed)
    .sort(
      (a, b) =>
        Number(isOneSlip(typed, b.word)) - Number(isOneSlip(typed, a.word)) ||
        b.total - a.total ||
        (a.word < b.word ? -1 : 1),
    )
    .map(({ word }) => word);
  return instead.length === 0
    ? null
    : { typed: doubted.typed, instead: [...new Set(instead)].slice(0, MOST_TRIES) };
};

/** One letter too many, too few, wrong, or two that changed places. */
const isOneSlip = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
};
