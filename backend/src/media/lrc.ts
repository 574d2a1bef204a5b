import { MOST_LINES, MOST_WORDS, type LyricLine, type LyricWord, type TimedLyrics } from './timed-lyrics.js';

/** Of a line's and of a word's time; hundredths or thousandths, after a point or a colon. */
const STAMP = String.raw`(\d{1,4}):(\d{1,2})(?:[.:](\d{1,3}))?`;
const LINE_STAMP = new RegExp(String.raw`\s*\[${STAMP}\]`, 'y');
const WORD_STAMP = new RegExp(`<${STAMP}>`, 'g');
const OFFSET = /^\s*\[offset:\s*([+-]?\d{1,7})\s*\]/i;
/** `[ar:Somebody]`: of the song, not of what is sung. */
const ABOUT = /^\s*\[[a-z#_]{1,20}:[^\]]*\]\s*$/i;

const STAMPS_A_LINE = 100;

interface Draft {
  readonly startMs: number;
  endMs: number | null;
  text: string;
  readonly words: readonly LyricWord[] | null;
}

const millis = (minutes = '', seconds = '', fraction = ''): number =>
  (Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));

/** The times before a line, and what is behind them. */
const stampsOf = (line: string): { readonly starts: readonly number[]; readonly rest: string } => {
  const starts: number[] = [];
  let at = 0;
  for (LINE_STAMP.lastIndex = 0; starts.length < STAMPS_A_LINE; at = LINE_STAMP.lastIndex) {
    const found = LINE_STAMP.exec(line);
    if (found === null) break;
    starts.push(millis(found[1], found[2], found[3]));
  }
  return { starts, rest: line.slice(at) };
};

/** `<00:12.00>Hel<00:12.30>lo<00:12.90>`: the last time, with nothing behind it, is the end. */
const wordsOf = (text: string, startMs: number): { words: LyricWord[] | null; endMs: number | null } => {
  const stamps = [...text.matchAll(WORD_STAMP)];
  if (stamps.length === 0) return { words: null, endMs: null };
  const places = stamps.map((found, index) => ({
    startMs: millis(found[1], found[2], found[3]),
    text: text.slice(found.index + found[0].length, stamps[index + 1]?.index),
  }));
  const before = text.slice(0, stamps[0]?.index).trimStart();
  const all = before === '' ? places : [{ startMs, text: before }, ...places];
  const last = all.at(-1);
  const isClosed = last !== undefined && last.text.trim() === '';
  const words = all
    .map((word, index) => ({ ...word, endMs: all[index + 1]?.startMs ?? null }))
    .slice(0, isClosed ? -1 : undefined)
    .filter((word) => word.text !== '');
  return { words: words.length === 0 ? null : words, endMs: isClosed ? last.startMs : null };
};

const later = (words: readonly LyricWord[] | null, byMs: number): LyricWord[] | null =>
  words?.map((word) => ({
    startMs: Math.max(0, word.startMs + byMs),
    endMs: word.endMs === null ? null : Math.max(0, word.endMs + byMs),
    text: word.text,
  })) ?? null;

/** A line of nothing ends the one before it. */
const withEnds = (lines: readonly Draft[]): LyricLine[] =>
  lines.flatMap((line, index) => {
    if (line.text.trim() === '') return [];
    const next = lines[index + 1];
    const pause = next !== undefined && next.text.trim() === '' ? next.startMs : null;
    return [{ ...line, endMs: line.endMs ?? pause }];
  });

/** Pure: LRC and enhanced LRC (a time before each word); null for a text without times. */
export const parseLrc = (text: string): TimedLyrics | null => {
  const lines: Draft[] = [];
  let offsetMs = 0;
  let wordsLeft = MOST_WORDS;
  for (const line of text.split(/\r\n?|\n/)) {
    const { starts, rest } = stampsOf(line);
    const [first] = starts;
    if (first === undefined) {
      offsetMs = Number(OFFSET.exec(line)?.[1] ?? offsetMs);
      const last = lines.at(-1);
      // A line without a time goes on with the one before.
      if (last !== undefined && line.trim() !== '' && !ABOUT.test(line)) last.text += `\n${line.trim()}`;
      continue;
    }
    if (lines.length + starts.length > MOST_LINES) break;
    const { words, endMs } = wordsOf(rest, first);
    wordsLeft -= (words?.length ?? 0) * starts.length;
    if (wordsLeft < 0) break;
    const sung = words === null ? rest.replace(WORD_STAMP, '') : words.map((word) => word.text).join('');
    for (const startMs of starts)
      lines.push({
        startMs,
        endMs: endMs === null ? null : endMs + startMs - first,
        text: sung.trim(),
        words: later(words, startMs - first),
      });
  }
  if (lines.length === 0) return null;
  // A positive offset shows the words sooner.
  const moved = lines.map((line) => ({
    ...line,
    startMs: Math.max(0, line.startMs - offsetMs),
    endMs: line.endMs === null ? null : Math.max(0, line.endMs - offsetMs),
    words: later(line.words, -offsetMs),
  }));
  const sorted = withEnds(moved.sort((a, b) => a.startMs - b.startMs));
  return { lines: sorted, plain: sorted.map((line) => line.text).join('\n'), language: null };
};
