/** A word or a syllable, with the space behind it. */
export interface LyricWord {
  readonly startMs: number;
  /** Null: until the next one. */
  readonly endMs: number | null;
  readonly text: string;
}

export interface LyricLine {
  readonly startMs: number;
  /** Null: until the next one. */
  readonly endMs: number | null;
  readonly text: string;
  /** Null where only the line has a time. */
  readonly words: readonly LyricWord[] | null;
}

export interface TimedLyrics {
  readonly lines: readonly LyricLine[];
  /** All that is sung, with a time or without. */
  readonly plain: string;
  /** As the file says itself. */
  readonly language: string | null;
}

/** What a song has at most; a file that has more is cut there. */
export const MOST_LINES = 5000;
export const MOST_WORDS = 20_000;
