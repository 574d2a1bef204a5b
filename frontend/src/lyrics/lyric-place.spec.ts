import { describe, expect, it } from '@jest/globals';
import { chooseLyrics, placeIn, shareSung, type Lyrics } from './lyric-place';

const line = (startMs: number, endMs: number | null = null) => ({ startMs, endMs });
const lyrics = (language: string | null, lines: Lyrics['lines']): Lyrics => ({
  language,
  source: 'sidecar',
  timing: lines ? 'line' : 'none',
  text: 'la',
  lines,
});
const LINES = [{ ...line(0), text: 'la', words: null }];

describe('the place in a song', () => {
  it('is the line that has begun last', () => {
    const lines = [line(1000), line(2000), line(2000), line(5000)];
    expect([0, 1000, 1999, 2000, 4999, 9000].map((at) => placeIn(lines, at))).toEqual([-1, 0, 0, 2, 2, 3]);
    expect(placeIn([], 5)).toBe(-1);
  });

  it('goes on through a line until its end, or until the next one begins', () => {
    expect([500, 1000, 1500, 3000].map((at) => shareSung(line(1000, 2000), 4000, at))).toEqual([
      0, 0, 0.5, 1,
    ]);
    expect(shareSung(line(1000), 3000, 2000)).toBe(0.5);
    expect([900, 1000].map((at) => shareSung(line(1000), null, at))).toEqual([0, 1]);
  });

  it('has a translation where one of another language has times', () => {
    const [ja, en] = [lyrics('ja', LINES), lyrics('en', LINES)];
    expect(chooseLyrics([ja, lyrics('ja', LINES), en])).toEqual({ sung: ja, translation: en });
    expect(chooseLyrics([ja, lyrics('en', null)])?.translation).toBeNull();
    expect(chooseLyrics([lyrics('ja', null), en])?.translation).toBeNull();
    expect(chooseLyrics([])).toBeNull();
  });
});
