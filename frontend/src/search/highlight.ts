/** A stretch of a title, and whether it is what was asked for. */
export interface Stretch {
  readonly text: string;
  readonly hit: boolean;
}

/** Folded letter by letter, so that each folded letter knows where it came from. */
const folded = (text: string): readonly { readonly letter: string; readonly at: number }[] => {
  const letters: { letter: string; at: number }[] = [];
  let at = 0;
  for (const char of text) {
    const plain = char
      .normalize('NFKD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase();
    for (const letter of plain) letters.push({ letter, at });
    at += char.length;
  }
  return letters;
};

const find = (text: string, word: string): readonly [number, number] | null => {
  const letters = folded(text);
  const wanted = folded(word)
    .map(({ letter }) => letter)
    .join('');
  const at = letters
    .map(({ letter }) => letter)
    .join('')
    .indexOf(wanted);
  const first = letters[at];
  if (!wanted || at < 0 || !first) return null;
  return [first.at, letters[at + wanted.length]?.at ?? text.length];
};

/** Marks the first place of the query, or of its first word that is there; the server may have matched something else. */
export function highlight(text: string, query: string): readonly Stretch[] {
  const words = [query.trim(), ...query.trim().split(/\s+/)];
  for (const word of words) {
    const place = find(text, word);
    if (!place) continue;
    const [from, to] = place;
    return [
      { text: text.slice(0, from), hit: false },
      { text: text.slice(from, to), hit: true },
      { text: text.slice(to), hit: false },
    ].filter((stretch) => stretch.text !== '');
  }
  return [{ text, hit: false }];
}
