import { parseLrc } from './lrc.js';
import type { LyricLine, LyricWord } from './timed-lyrics.js';
import { isTtml, parseTtml } from './ttml.js';

export type LyricTiming = 'none' | 'line' | 'word';

export interface Lyrics {
  readonly timing: LyricTiming;
  /** What is sung and nothing else. */
  readonly text: string;
  readonly lines: readonly LyricLine[] | null;
  readonly language: string | null;
}

/** More than the longest opera has; what comes after is left out. */
export const LYRICS_CHARACTERS = 100_000;
const TIMED_CHARACTERS = 1_000_000;

/** Line breaks belong to lyrics; what Postgres refuses goes. */
const tidyText = (text: string): string =>
  text.replaceAll('\0', '').replace(/\r\n?/g, '\n').slice(0, LYRICS_CHARACTERS).toWellFormed().trim();

const endOf = ({ startMs, endMs }: Pick<LyricWord, 'startMs' | 'endMs'>): number | null =>
  endMs !== null && endMs > startMs ? endMs : null;

const tidyLine = (line: LyricLine): LyricLine => ({
  startMs: line.startMs,
  endMs: endOf(line),
  text: tidyText(line.text),
  words:
    line.words?.map((word) => ({
      startMs: word.startMs,
      endMs: endOf(word),
      text: word.text.replaceAll('\0', '').toWellFormed(),
    })) ?? null,
});

/** Pure: lyrics of whatever form, by what they look like: TTML, LRC with or without words, else plain text. Never throws. */
export const readLyrics = (source: string): Lyrics => {
  const text = source.slice(0, TIMED_CHARACTERS);
  const timed = isTtml(text) ? parseTtml(text) : parseLrc(text);
  const lines = (timed?.lines ?? []).map(tidyLine).filter((line) => line.text !== '');
  if (lines.length === 0)
    return {
      timing: 'none',
      text: tidyText(timed?.plain ?? text),
      lines: null,
      language: timed?.language ?? null,
    };
  return {
    timing: lines.some(({ words }) => words !== null) ? 'word' : 'line',
    text: tidyText(lines.map((line) => line.text).join('\n')),
    lines,
    language: timed?.language ?? null,
  };
};
