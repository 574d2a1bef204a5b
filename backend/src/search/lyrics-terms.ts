import { searchWords } from '../catalog/names.js';
import { termsOf } from './index-terms.js';

/** Enough for any song; a text that is longer is found by its beginning. */
const MOST_TERMS = 3000;

/** Pure: what of lyrics is searched. Line by line: a name may be no longer than a line, and folding cuts it there. */
export const lyricsTerms = (text: string): readonly string[] => {
  const terms = new Set<string>();
  for (const line of text.split('\n')) {
    // Lyrics of before times were told apart have them in the text.
    for (const word of searchWords(line.replace(/[[<]\d+:\d+(?:[.:]\d+)?[\]>]/g, ' ')))
      for (const term of termsOf(word)) terms.add(term);
    if (terms.size >= MOST_TERMS) break;
  }
  return [...terms].slice(0, MOST_TERMS);
};
