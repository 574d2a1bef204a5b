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
const LEADING_ARTICLE = /^(?:the|an?|le|la|les|el|los|las|der|das) (?=\S)|^l['’](?=\S)/u;

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

const SMALL_KANA: Readonly<Record<string, string>> = {
  ぁ: 'あ',
  ぃ: 'い',
  ぅ: 'う',
  ぇ: 'え',
  ぉ: 'お',
  っ: 'つ',
  ゃ: 'や',
  ゅ: 'ゆ',
  ょ: 'よ',
  ゎ: 'わ',
};

/** か and が, や and ゃ share a place; which comes first is decided by the rest of the key. */
const kanaBase = (text: string): string =>
  text
    .normalize('NFD')
    .replace(new RegExp(`[${VOICING_MARKS}]`, 'gu'), '')
    .normalize('NFC')
    .replace(/[ぁぃぅぇぉっゃゅょゎ]/g, (kana) => SMALL_KANA[kana] ?? kana);

const padNumbers = (text: string): string =>
  text
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(10, '0'));

/**
 * The place of a name in a list: digits, Latin, Greek, Cyrillic, kana, kanji, hangul; without a leading article and
 * punctuation, numbers by their value. A sort tag ("Beatles, The", or the reading of a kanji name) goes first.
 */
export const sortKey = (name: string, sortTag?: string | null): string => {
  const source = sortTag == null || sortTag.trim() === '' ? name : sortTag;
  const folded = toHiragana(fold(source));
  const words = padNumbers(folded.replace(LEADING_ARTICLE, ''))
    .replace(/['"]/g, '')
    .replace(/[^\p{L}\p{N}\p{Mn}\u30fc]+/gu, ' ')
    .trim();
  if (words === '') return cut(folded, KEY_CHARACTERS);
  const base = kanaBase(words);
  // U+0001 sorts before every letter, so a name still comes before those it begins.
  return cut(base === words ? base : `${base}\u0001${words}`, KEY_CHARACTERS);
};

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
