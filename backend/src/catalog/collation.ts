/**
 * Intl.Collator's order as text that orders bytewise, so that a btree is in it. The collator gives no such keys; what it
 * says of single letters is read off once, by sorting them all: about 80 ms and 3 MB in a process that makes keys.
 */

/** Latin first, then kana, then kanji in the order of JIS, which is by reading for the common ones; then all others. */
const LOCALE = 'ja';

/** Keys made by other rules are made anew (sort-key-refresh.ts): the letters' order comes with ICU. */
export const COLLATION_RULES = `2 icu ${process.versions.icu} unicode ${process.versions.unicode}`;

interface Letter {
  /** What orders names: the same for a letter and its accented, wide, small and katakana forms. */
  readonly primary: string;
  /** Tells those with another accent apart; case and kind do not matter. */
  readonly accent: number;
}

/** Space is 20: it and what begins with `!` stay before digits, which begin with 30 to 5E, and letters with 61 on. */
const BEFORE_DIGITS = '!';
const BEFORE_LETTERS = '_';
const EXTRA = 0xf0000;
const AFTER_Z = 0x100;
const SURROGATES = 0xd800;

const letters = (): string[] => {
  const found: string[] = [];
  for (let code = 0x30; code < 0x10000; code++) {
    // Surrogates are none, and private ones have no order.
    if (code === SURROGATES) code = 0xf900;
    const letter = String.fromCharCode(code);
    if (/^[\p{L}\p{N}]$/u.test(letter)) found.push(letter);
  }
  return found;
};

/** The text of a class of letters: ASCII's own stays as it is, those between them follow the one before. */
class Primaries {
  private last = BEFORE_DIGITS;
  private extra = 0;
  private afterZ = AFTER_Z;
  private isPastZ = false;

  of(members: readonly string[]): string {
    const plain = members.find((letter) => /^[0-9a-z]$/.test(letter));
    if (plain !== undefined) {
      this.last = plain === '9' ? BEFORE_LETTERS : plain;
      this.extra = 0;
      return plain;
    }
    this.isPastZ ||= this.last === 'z' && members.some((letter) => /^[^\p{Script=Latin}]$/u.test(letter));
    if (this.isPastZ) return String.fromCodePoint(this.afterZ++);
    return this.last + String.fromCodePoint(EXTRA + this.extra++);
  }
}

const readOff = (): ReadonlyMap<string, Letter> => {
  const base = new Intl.Collator(LOCALE, { sensitivity: 'base' }).compare;
  const accent = new Intl.Collator(LOCALE, { sensitivity: 'accent' }).compare;
  const all = letters().sort(accent);
  const table = new Map<string, Letter>();
  const primaries = new Primaries();
  for (let from = 0, to = 0; from < all.length; from = to) {
    while (to < all.length && base(all[from] ?? '', all[to] ?? '') === 0) to++;
    const members = all.slice(from, to);
    const primary = primaries.of(members);
    let accents = 0;
    members.forEach((letter, at) => {
      const before = members[at - 1];
      if (before !== undefined && accent(before, letter) !== 0) accents++;
      table.set(letter, { primary, accent: accents });
    });
  }
  return table;
};

let table: ReadonlyMap<string, Letter> | undefined;
let long: ReadonlyMap<string, string> | undefined;
const tableOfLetters = (): ReadonlyMap<string, Letter> => (table ??= readOff());

/** Kana by what ー makes of them: カー is カア. */
const longVowels = (): ReadonlyMap<string, string> => {
  if (long !== undefined) return long;
  const { compare } = new Intl.Collator(LOCALE, { sensitivity: 'base' });
  const found = new Map<string, string>();
  for (let code = 0x3041; code <= 0x3096; code++) {
    const kana = String.fromCharCode(code);
    const vowel = ['あ', 'い', 'う', 'え', 'お'].find((each) => compare(`${kana}ー`, kana + each) === 0);
    if (vowel !== undefined) found.set(primaryOf(kana), primaryOf(vowel));
  }
  return (long = found);
};

const primaryOf = (letter: string): string => tableOfLetters().get(letter)?.primary ?? letter;

/** By their value: the number of digits goes first. */
const numberKey = (digits: string): string => {
  const value = digits.replace(/^0+(?=.)/, '');
  return String.fromCharCode(Math.min(0x2f + value.length, 0x5e)) + value;
};

/** What is neither letter nor digit nor space, where a name has nothing else. */
const symbolKey = (symbol: string): string => {
  const code = symbol.codePointAt(0) ?? 0;
  return code < 0x10000 ? BEFORE_DIGITS + String.fromCodePoint(0x100000 + code) : symbol;
};

const LEAST = 0x21;

/** What JavaScript does not take apart, and the collator does. */
const apart = (text: string): string =>
  text.replace(/[ßẞ]/g, 'ss').replace(/[æÆ]/g, 'ae').replace(/[œŒ]/g, 'oe').normalize('NFC');

/** Before accents: U+0001 is before all else, so a name still comes before those it begins. */
export const ACCENTS_FOLLOW = '\u0001';

/** Pure. The key of a text of some hundred characters; keys compare as the collator compares their texts, numbers by value. */
export const collationKey = (text: string): string => {
  const known = tableOfLetters();
  let [primary, digits, last] = ['', '', ''];
  const accents: number[] = [];
  for (const each of apart(text)) {
    const letter = known.get(each);
    if (letter !== undefined && /^[0-9]$/.test(letter.primary)) {
      [digits, last] = [digits + letter.primary, ''];
      continue;
    }
    if (digits !== '') primary += numberKey(digits);
    digits = '';
    if (/\p{Mn}/u.test(each)) {
      accents.push((each.codePointAt(0) ?? 0) % 0x1000);
      continue;
    }
    // ー and ゝ say again what stands before them.
    const vowel = each === 'ー' ? longVowels().get(last) : undefined;
    const again = /[ゝゞヽヾ]/.test(each) && last !== '' ? last : undefined;
    const weight = vowel ?? again ?? (each === ' ' ? each : (letter?.primary ?? symbolKey(each)));
    primary += weight;
    last = vowel === undefined ? weight : '';
    accents.push(letter?.accent ?? 0);
  }
  if (digits !== '') primary += numberKey(digits);
  const byAccent = String.fromCodePoint(
    ...accents.map((accent) => Math.min(LEAST + accent, SURROGATES - 1)),
  ).replace(/!+$/, '');
  return byAccent === '' ? primary : primary + ACCENTS_FOLLOW + byAccent;
};
