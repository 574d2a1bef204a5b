import { ACCENTS_FOLLOW, collationKey } from './collation.js';

/**
 * How names are compared, sorted and searched. Pure: keys are made once, at ingest, and ordered bytewise by Postgres
 * (COLLATE "C"), so the same library sorts the same on every system.
 */

const LIGATURES: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
};

/** English ones drop everywhere; others only where the word is hardly ever anything else ("Die" is not among them). */
const LEADING_ARTICLE = /^(?:the|an?|le|la|les|el|los|las|der|das) (?=\S)|^l['’](?=\S)/iu;

/** Postgres indexes rows of at most about 2,700 bytes, and a tag can be of any length. */
const KEY_CHARACTERS = 200;
const NAME_CHARACTERS = 500;

const VOICING_MARKS = '\u3099\u309a';
const ACCENTS = new RegExp(`(?![${VOICING_MARKS}])\\p{Mn}`, 'gu');

/** Cuts between code points, so no half of a surrogate pair remains. */
const cut = (text: string, characters: number): string =>
  text.length <= characters ? text : [...text.slice(0, characters * 2)].slice(0, characters).join('');

/** A tag as it can be stored: no NUL (Postgres refuses it), no other control characters, one line, bounded. */
export const cleanName = (text: string, characters = NAME_CHARACTERS): string =>
  cut(
    text
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .replace(/ {2,}/g, ' ')
      .trim(),
    characters,
  ).toWellFormed();

const foldLetters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/[ßæœøđðłþıħ]/g, (letter) => LIGATURES[letter] ?? letter);

/**
 * What makes two spellings the same name: case, accents, character width, quotes, dashes and spaces do not matter,
 * other punctuation does ("AC/DC" is not "ACDC"), and so do kana (アイ is not あい).
 */
export const fold = (name: string): string => {
  const folded = foldLetters(cleanName(name))
    .replace(/[‘’ʼ`´′]/g, "'")
    .replace(/[“”″]/g, '"')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/\s+/gu, ' ')
    .trim();
  // A name of accents alone still needs a key of its own.
  return cut(folded === '' ? cleanName(name) : folded, NAME_CHARACTERS);
};

const toHiragana = (text: string): string =>
  text.replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/**
 * A name as it is sorted: without a leading article, quotes and punctuation. A sort tag ("Beatles, The", or the reading
 * of a kanji name) stands in for it.
 */
export const sortedAs = (name: string, sortTag?: string | null): string => {
  const source = sortTag == null || sortTag.trim() === '' ? name : sortTag;
  const clean = cleanName(source.normalize('NFKC')).normalize('NFC');
  const words = clean
    .replace(LEADING_ARTICLE, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/['"‘’“”ʼ`´′″]/g, '')
    .replace(/[^\p{L}\p{N}\p{Mn}\u30fc]+/gu, ' ')
    .trim();
  return words === '' ? clean : words;
};

/** The place of a name in a list, as text that orders bytewise (collation.ts). */
export const sortKey = (name: string, sortTag?: string | null): string =>
  cut(collationKey(cut(sortedAs(name, sortTag), KEY_CHARACTERS)), KEY_CHARACTERS);

/** What the keys of names begin with that begin like this one, whatever their accents. */
export const sortStart = (name: string): string => sortKey(name).split(ACCENTS_FOLLOW)[0] ?? '';

/** Kanji, kana: written without spaces, so a word can begin anywhere in them. */
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\u3005\\u3007';
const RUN = new RegExp(`[${UNSPACED}]+|[^\\s${UNSPACED}]+`, 'gu');

/**
 * The words of a text as search compares them, the same for what is stored and for what is typed: folded, katakana as
 * hiragana, punctuation gone ("R.E.M." is rem, "AC/DC" two words), kanji and kana apart from Latin.
 */
export const searchWords = (text: string): readonly string[] => {
  const folded = toHiragana(foldLetters(cleanName(text)))
    .replace(/(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}\.|\p{L}(?![\p{L}\p{N}])|\s|$)/gu, '$1')
    .replace(/['’ʼ`´]/g, '')
    .replace(/([\u3040-\u309f])[-‐-―−~〜]/gu, '$1\u30fc');
  const words = folded.replace(/[^\p{L}\p{N}\p{Mn}\u30fc]+/gu, ' ').trim();
  // A name of symbols only ("!!!") keeps them, or nobody could find it.
  return (words === '' ? folded.trim() : words).match(RUN) ?? [];
};

const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');

/** Whether words begin anywhere in this one: it is of kanji or kana. */
export const isUnspaced = (word: string): boolean => IS_UNSPACED.test(word);

/** 初音みく as 初音 音み みく く: every character begins one of them, so two or even one are found by an index of words. */
const pairsOf = (word: string): readonly string[] => {
  const characters = [...word];
  return isUnspaced(word) ? characters.map((character, at) => character + (characters[at + 1] ?? '')) : [];
};

const line = (words: readonly string[]): string => (words.length === 0 ? '' : ` ${words.join(' ')} `);

/** The stored text of a row: a line of words a part, so no match spans two of them, and a last line of pairs. */
export const searchText = (...parts: readonly string[]): string => {
  const lines = parts.map(searchWords);
  const pairs = new Set(lines.flat().flatMap(pairsOf));
  return [...lines.map(line), line([...pairs])].filter((text) => text !== '').join('\n');
};
