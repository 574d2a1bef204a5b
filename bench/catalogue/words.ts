import { Random } from './random.ts';

/** Words as titles have them: few are everywhere, most are rare (Zipf's law), in Latin letters and in Japanese. */

const LATIN_WORDS = 120_000;
const JAPANESE_WORDS = 20_000;

const SYLLABLES =
  'ba be bi bo ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to va ve vi vo da de di do ga go fa fe fi fo cha sha the tra stra bl gr in on er an el or us love night sun day blue fire'.split(
    ' ',
  );
const ACCENTED = ['é', 'ü', 'ñ', 'ç'];
const KANJI = [
  ...'夜空星愛恋君僕花雪桜風夢月海光影雨涙心声歌春夏秋冬朝昼人世界時間東京大阪青赤白黒金銀火水木土日本国道旅駅街森山川鳥犬猫魚色音楽天地永遠未来過去希望約束秘密魔法少女年男子供母父友手目口耳足頭',
];
const HIRAGANA = [
  ...'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞだでどばびぶべぼ',
];
const KATAKANA = [
  ...'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロンガギグゲゴバビブベボパピプペポーッャュョ',
];

const distinct = (count: number, make: (made: number) => string): readonly string[] => {
  const words = new Set<string>();
  while (words.size < count) words.add(make(words.size));
  return [...words];
};

const latinWord = (random: Random, common: boolean): string => {
  const syllables = random.pick(common ? [1, 1, 2, 2, 3] : [2, 3, 3, 4, 5]);
  let word = '';
  for (let at = 0; at < syllables; at += 1)
    word += random.chance(0.97) ? random.pick(SYLLABLES) : random.pick(ACCENTED);
  return word;
};

const japaneseWord = (random: Random): string => {
  for (;;) {
    const script = random.next();
    const length = 1 + random.below(4);
    let word = '';
    for (let at = 0; at < length; at += 1)
      word += random.pick(
        script < 0.4
          ? KANJI
          : script < 0.6
            ? at === 0
              ? KANJI
              : HIRAGANA
            : script < 0.8
              ? HIRAGANA
              : KATAKANA,
      );
    // No word begins with a small kana, a long mark or ん.
    if (!/^[ーッャュョん]/.test(word)) return word;
  }
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export class Words {
  private readonly random: Random;
  private readonly latin: readonly string[];
  private readonly japanese: readonly string[];

  constructor(random: Random) {
    this.random = random;
    this.latin = distinct(LATIN_WORDS, (made) => latinWord(random, made < 2000));
    this.japanese = distinct(JAPANESE_WORDS, () => japaneseWord(random));
  }

  /** A name of so many words; the few loanwords among Japanese ones stay in Latin letters. */
  name(japanese: boolean, words: number): string {
    const made: string[] = [];
    for (let at = 0; at < words; at += 1)
      made.push(
        japanese && this.random.chance(0.85) ? this.common(this.japanese) : capital(this.common(this.latin)),
      );
    return made.join(japanese && !this.random.chance(0.3) ? '' : ' ');
  }

  /** Lines to sing. */
  verse(japanese: boolean, lines: number): string {
    return Array.from({ length: lines }, () => this.name(japanese, 5)).join('\n');
  }

  /** Evenly over the logarithm of the rank. */
  private common(from: readonly string[]): string {
    const word = from[Math.floor(from.length ** this.random.next()) - 1];
    return word ?? this.random.pick(from);
  }
}
