import { Random } from '../catalogue/random.ts';

/** A name that somebody types, with what stands around it. */
export interface Typed {
  readonly title: string;
  readonly artist: string;
}

export interface Keystroke {
  readonly text: string;
  /** Which libraries are seen, by number; null: all. */
  readonly libraries: readonly number[] | null;
  readonly japanese: boolean;
  /** Somebody's finger slipped on the way. */
  readonly slipped: boolean;
}

const MOST_TYPED = 22;
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

/** Everything, half of the libraries, two of the smaller ones, two of the smallest. */
const SEEN: readonly (readonly number[] | null)[] = [null, null, [0, 2, 4, 6, 8, 10], [1, 2], [8, 11]];

/** Every keystroke of somebody who types titles, artists with a word of the title, words out of order, a slip now and then. */
export const keystrokes = (names: readonly Typed[], random: Random): Keystroke[] =>
  names.flatMap(({ title, artist }, at) => {
    const japanese = JAPANESE.test(title);
    const whole = japanese ? japaneseQuery(title, artist, random) : latinQuery(title, artist, random);
    const slipped = !japanese && whole.length > 5 && random.chance(0.12);
    const characters = [...(slipped ? slip(whole, random) : whole).slice(0, MOST_TYPED)];
    const libraries = SEEN[at % SEEN.length] ?? null;
    return characters.flatMap((character, last) =>
      character === ' '
        ? []
        : [{ text: characters.slice(0, last + 1).join(''), libraries, japanese, slipped }],
    );
  });

const latinQuery = (title: string, artist: string, random: Random): string => {
  const [words, names] = [title.split(' '), artist.split(' ')];
  const way = random.next();
  if (way < 0.4) return title;
  if (way < 0.7) return `${names[0]} ${words[0]}`;
  if (way < 0.85) return `${words.at(-1)} ${names[0]}`;
  return `${names.slice(0, 2).join(' ')} ${words[0]}`;
};

const japaneseQuery = (title: string, artist: string, random: Random): string => {
  const way = random.next();
  if (way < 0.6) return title.slice(0, 6);
  if (way < 0.8) return title.slice(random.below(3)).slice(0, 4) || title;
  return `${artist.split(' ')[0]?.slice(0, 5)} ${title.slice(0, 3)}`;
};

/** One letter left out, or two that changed places. */
const slip = (text: string, random: Random): string => {
  const at = 2 + random.below(text.length - 3);
  return random.chance(0.5)
    ? text.slice(0, at) + text.slice(at + 1)
    : text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
};
