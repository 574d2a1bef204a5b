import iconv from 'iconv-lite';
import { COMMON_HANGUL, COMMON_KANJI, COMMON_SIMPLIFIED, COMMON_TRADITIONAL } from './common-characters.js';

/** How old taggers wrote text into fields that are declared Latin-1. */
export const LEGACY_ENCODINGS = [
  'utf8',
  'cp932',
  'eucjp',
  'gbk',
  'big5',
  'euckr',
  'win1251',
  'koi8-r',
  'win1253',
  'win1252',
] as const;
export type LegacyEncoding = (typeof LEGACY_ENCODINGS)[number];

export interface GuessedText {
  readonly text: string;
  readonly encoding: LegacyEncoding | 'ascii' | 'unicode';
}

/** Each candidate must be this plausible at all, and this much more than Latin-1, which the standard asks for. */
const ENOUGH = 0.3;
const MARGIN = 0.1;
/** What other fields of the same file are written in is likely here too. */
const HINT_BONUS = 0.15;

/**
 * Pure. Takes a field that was read as Latin-1, looks at its bytes anew and says what they most likely mean: valid
 * UTF-8 is UTF-8; else every code page is tried and scored by how ordinary its characters are side by side. ASCII, and
 * text with characters beyond Latin-1 (which was never read as Latin-1), come back as they are.
 */
export function guessText(field: string, hint: GuessedText['encoding'] | null = null): GuessedText {
  if (isAscii(field)) return { text: field, encoding: 'ascii' };
  if (!isByteText(field)) return { text: field, encoding: 'unicode' };
  const bytes = Buffer.from(field, 'latin1');
  const utf8 = decode(bytes, 'utf8');
  if (utf8 !== null) return { text: utf8, encoding: 'utf8' };
  const latin = latinScore(field);
  const best = CODE_PAGES.map(({ encoding, weigh }) => {
    const text = decode(bytes, encoding);
    const score =
      text === null ? -1 : averageWeight(text, weigh, encoding) + (encoding === hint ? HINT_BONUS : 0);
    return { text: text ?? field, encoding, score };
  }).reduce((a, b) => (b.score > a.score ? b : a));
  return best.score >= ENOUGH && best.score > latin + MARGIN
    ? { text: best.text, encoding: best.encoding }
    : { text: decode(bytes, 'win1252') ?? field, encoding: 'win1252' };
}

/** Pure: what most fields of one file are written in, from all of them at once; null when nothing is foreign. */
export function commonEncoding(fields: readonly string[]): GuessedText['encoding'] | null {
  const foreign = fields.filter((field) => !isAscii(field) && isByteText(field));
  return foreign.length === 0 ? null : guessText(foreign.join(' ')).encoding;
}

/** Pure: a field that was read as Latin-1, in a code page that a person chose; null when its bytes do not fit. */
export const rereadText = (field: string, encoding: LegacyEncoding): string | null =>
  isByteText(field) ? decode(Buffer.from(field, 'latin1'), encoding) : null;

// eslint-disable-next-line no-control-regex -- the range is what is asked for
const isAscii = (text: string): boolean => /^[\u0000-\u007f]*$/.test(text);
// eslint-disable-next-line no-control-regex -- the range is what is asked for
const isByteText = (text: string): boolean => /^[\u0000-\u00ff]*$/.test(text);

/** Replacement characters, the upper control characters and private use mean that the code page is wrong. */
const IMPOSSIBLE = /[\ufffd\u0080-\u009f\ue000-\uf8ff]/;

function decode(bytes: Buffer, encoding: LegacyEncoding): string | null {
  const text = iconv.decode(bytes, encoding);
  if (encoding === 'win1252') return text;
  return IMPOSSIBLE.test(text) || !iconv.encode(text, encoding).equals(bytes) ? null : text;
}

/** From -1 (cannot be) to 1 (every day's character). */
type Weigh = (character: string, before: string, after: string) => number;

const isAsciiLetter = (character: string): boolean => /^[A-Za-z]$/.test(character);
const KANA = /[\u3041-\u3096\u30a1-\u30fa\u30fc]/;
const HALF_KANA = /[\uff61-\uff9f]/;
const HANGUL = /[\uac00-\ud7a3]/;
const HAN = /[\u4e00-\u9fff]/;
const PUNCTUATION = /[\u2010-\u203f\u3000-\u303f\uff01-\uff5e・]/;

/** One foreign character glued to a Latin word is no word of any language. */
const gluedAlone = (before: string, after: string): boolean =>
  (isAsciiLetter(before) || isAsciiLetter(after)) && isAscii(before) && isAscii(after);

/** Sounds that few words have: a text of nothing else is not Japanese. */
const RARE_KANA = /[ぁぢづぱぴぷぺぽゎゐゑヂヅヰヱヲヵヶ]/;

const eastAsian =
  (own: RegExp | null, common: ReadonlySet<string>, isUsual: (character: string) => boolean): Weigh =>
  (character, before, after) => {
    if (gluedAlone(before, after)) return -1;
    if (common.has(character)) return 1;
    if (own?.test(character)) return RARE_KANA.test(character) ? 0.7 : 1;
    if (HAN.test(character)) return isUsual(character) ? 0.35 : -0.1;
    if (HALF_KANA.test(character)) return 0.1;
    if (PUNCTUATION.test(character)) return 0.5;
    return KANA.test(character) ? 0.3 : -0.4;
  };

/** Half of what is written in Hangul are the most frequent syllables; the old standard holds the other usual ones. */
const korean: Weigh = (character, before, after) => {
  if (gluedAlone(before, after)) return -1;
  if (COMMON_HANGUL.has(character)) return 1;
  if (HANGUL.test(character)) return isKsX1001(character) ? 0.3 : -0.2;
  return PUNCTUATION.test(character) ? 0.5 : -0.1;
};

/** The lead bytes of a standard's first level: characters that schools teach. */
const leadWithin =
  (encoding: LegacyEncoding, from: number, to: number) =>
  (character: string): boolean => {
    const [lead = 0, trail = 0] = iconv.encode(character, encoding);
    return lead >= from && lead <= to && (encoding === 'cp932' || encoding === 'big5' || trail >= 0xa1);
  };

const isKsX1001 = leadWithin('euckr', 0xb0, 0xc8);

/** An alphabet whose words are lower case, or begin with one capital, or are capitals throughout. */
const alphabet =
  (letter: RegExp, frequent: RegExp, rare: RegExp): Weigh =>
  (character, before, after) => {
    if (!letter.test(character)) return /[«»„“”‘’–—…№]/.test(character) ? 0.4 : -0.6;
    if (isAsciiLetter(before) || isAsciiLetter(after)) return -0.8;
    const isUpper = character !== character.toLowerCase();
    if (isUpper && letter.test(before) && before !== before.toUpperCase()) return -0.8;
    if (!letter.test(before) && !letter.test(after)) return 0.3;
    if (rare.test(character)) return -0.3;
    return frequent.test(character.toLowerCase()) ? 1 : 0.75;
  };

const CYRILLIC = alphabet(/[\u0400-\u045f\u0490\u0491]/, /[оеаинтсрвлкмдпу]/, /[ЂЃѓђљЉњЊќЌћЋџЏЎўЈјѕЅ]/);
const GREEK = alphabet(/[\u0384-\u03ce]/, /[αοιετσνηυρπκμλςάέήίόύώ]/, /[\u0384\u0385ΰΐϊϋΪΫ]/);

const CODE_PAGES = [
  { encoding: 'cp932', weigh: eastAsian(KANA, COMMON_KANJI, leadWithin('cp932', 0x88, 0x98)) },
  { encoding: 'eucjp', weigh: eastAsian(KANA, COMMON_KANJI, leadWithin('eucjp', 0xb0, 0xcf)) },
  { encoding: 'gbk', weigh: eastAsian(null, COMMON_SIMPLIFIED, leadWithin('gbk', 0xb0, 0xd7)) },
  { encoding: 'big5', weigh: eastAsian(null, COMMON_TRADITIONAL, leadWithin('big5', 0xa4, 0xc6)) },
  { encoding: 'euckr', weigh: korean },
  { encoding: 'win1251', weigh: CYRILLIC },
  { encoding: 'koi8-r', weigh: CYRILLIC },
  { encoding: 'win1253', weigh: GREEK },
] as const satisfies readonly { encoding: LegacyEncoding; weigh: Weigh }[];

/** The mean over the characters beyond ASCII, each as heavy as its bytes. */
function averageWeight(text: string, weigh: Weigh, encoding: LegacyEncoding): number {
  const characters = [...text];
  let sum = 0;
  let bytes = 0;
  characters.forEach((character, index) => {
    if (isAscii(character)) return;
    const size = iconv.encode(character, encoding).length;
    sum += size * weigh(character, characters[index - 1] ?? '', characters[index + 1] ?? '');
    bytes += size;
  });
  return bytes === 0 ? -1 : sum / bytes;
}

const ACCENTED = /[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]/;
/** What Windows put into the range of control characters, as it looks when read as Latin-1: quotes, dashes, Œ, Š, Ž … */
const WINDOWS_SIGNS = /[\u0080\u0082-\u008c\u008e\u0091-\u009c\u009e\u009f]/;
const NO_SUCH_BYTE = /[\u0081\u008d\u008f\u0090\u009d]/;
const SIGNS =
  /[\u00a1\u00bf\u00ab\u00bb\u00b0\u00b7\u00b4\u00a9\u00ae\u00ba\u00aa\u00a0\u00bd\u00bc\u00b2\u00b3]/;

/** Western text has accents one or two at a time among plain letters; a run of three belongs to another script. */
function latinScore(field: string): number {
  if (NO_SUCH_BYTE.test(field)) return -1;
  const runs = field.match(/[\u0080-\u00ff]+/g) ?? [];
  const weights = runs.flatMap((run) => {
    const isLong = run.length > 2;
    return [...run].map((character) => {
      if (isLong) return -0.5;
      if (ACCENTED.test(character)) return 0.8;
      return WINDOWS_SIGNS.test(character) ? 0.2 : SIGNS.test(character) ? 0.4 : -0.4;
    });
  });
  const plain = field.match(/[A-Za-z]/g)?.length ?? 0;
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  // Hardly a plain letter beside them: accents alone make no Western word, but for the shortest ("Ø", "Äö").
  return plain * 2 < weights.length && weights.length > 1 ? mean - 0.6 : mean;
}
