import { SaxesParser } from 'saxes';
import { MOST_LINES, MOST_WORDS, type LyricLine, type LyricWord, type TimedLyrics } from './timed-lyrics.js';
import { ttmlTime, type TtmlRates } from './ttml-time.js';

/** Whether a text is meant as TTML: what it begins with says so. */
export const isTtml = (text: string): boolean => {
  const head = text.slice(0, 2000).trimStart();
  return head.startsWith('<') && /<(?:\w{1,20}:)?tt[\s>]/.test(head);
};

/** Translations and readings stand beside what is sung. */
const ASIDE = new Set(['x-translation', 'x-roman']);
const DEEPEST = 50;

interface Span {
  readonly name: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly isAside: boolean;
}

interface Paragraph {
  readonly startMs: number | null;
  readonly endMs: number | null;
  text: string;
  readonly words: { startMs: number; endMs: number | null; text: string }[];
}

class TtmlReader {
  readonly paragraphs: Paragraph[] = [];
  language: string | null = null;
  private rates: TtmlRates = { frameRate: 30, tickRate: 1 };
  private readonly open: Span[] = [];
  private paragraph: Paragraph | null = null;
  private words = 0;

  begin(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.open.length >= DEEPEST) throw new Error('too deep');
    const about = (suffix: string): string | undefined =>
      Object.entries(attributes).find(([key]) => key === suffix || key.endsWith(`:${suffix}`))?.[1];
    if (name === 'tt') {
      this.language = about('lang') ?? null;
      this.rates = { frameRate: rate(about('frameRate'), 30), tickRate: rate(about('tickRate'), 1) };
    }
    const isAside = ASIDE.has(about('role') ?? '') || this.open.at(-1)?.isAside === true;
    const span = { name, isAside, ...this.timesOf(attributes) };
    if (name === 'p') {
      if (this.paragraphs.length >= MOST_LINES) throw new Error('too long');
      this.paragraph = { startMs: span.startMs, endMs: span.endMs, text: '', words: [] };
      this.paragraphs.push(this.paragraph);
    }
    if (name === 'br') this.say('\n');
    if (name === 'span' && this.paragraph !== null && span.startMs !== null && !isAside) {
      if (++this.words > MOST_WORDS) throw new Error('too many words');
      this.paragraph.words.push({ startMs: span.startMs, endMs: span.endMs, text: '' });
    }
    this.open.push(span);
  }

  end(): void {
    if (this.open.pop()?.name === 'p') this.paragraph = null;
  }

  text(text: string): void {
    if (this.open.at(-1)?.isAside !== true) this.say(text.replace(/\s+/gu, ' '));
  }

  private say(text: string): void {
    if (this.paragraph === null) return;
    this.paragraph.text += text;
    const word = this.paragraph.words.at(-1);
    // What stands between words belongs to the one before.
    if (word !== undefined) word.text += text;
  }

  /** Times below a parent's beginning are counted from there, as the standard says; others are of the song, as most write. */
  private timesOf(attributes: Readonly<Record<string, string>>): Pick<Span, 'startMs' | 'endMs'> {
    const parentMs = this.open.findLast(({ startMs }) => startMs !== null)?.startMs ?? 0;
    const begin = ttmlTime(attributes['begin'], this.rates);
    if (begin === null) return { startMs: null, endMs: null };
    const shiftMs = begin < parentMs ? parentMs : 0;
    const duration = ttmlTime(attributes['dur'], this.rates);
    const end = ttmlTime(attributes['end'], this.rates) ?? (duration === null ? null : begin + duration);
    return { startMs: begin + shiftMs, endMs: end === null ? null : end + shiftMs };
  }
}

const rate = (text: string | undefined, otherwise: number): number => {
  const value = Number(text);
  return value >= 1 && value <= 1e9 ? value : otherwise;
};

const toLine = ({ startMs, endMs, text, words }: Paragraph): LyricLine[] => {
  const sung: LyricWord[] = words.filter((word) => word.text !== '');
  const start = startMs ?? sung[0]?.startMs;
  if (start === undefined) return [];
  return [{ startMs: start, endMs, text: text.trim(), words: sung.length === 0 ? null : sung }];
};

/** Pure: the paragraphs of TTML that have times as lines, in their order, and the text of all. Entities of its own end the reading. */
export const parseTtml = (text: string): TimedLyrics => {
  const reader = new TtmlReader();
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => reader.begin(bare(name), attributes));
  parser.on('closetag', () => reader.end());
  parser.on('text', (found) => reader.text(found));
  parser.on('cdata', (found) => reader.text(found));
  try {
    parser.write(text.trimStart()).close();
  } catch {
    // Half a file may be whole lines; what was read up to here counts.
  }
  return {
    lines: reader.paragraphs.flatMap(toLine).sort((a, b) => a.startMs - b.startMs),
    plain: reader.paragraphs.map((paragraph) => paragraph.text.trim()).join('\n'),
    language: reader.language,
  };
};

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);
