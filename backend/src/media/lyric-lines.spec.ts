import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLyrics } from './lyric-lines.js';
import type { LyricLine } from './timed-lyrics.js';
import { ttmlTime } from './ttml-time.js';

const lines = (text: string): readonly LyricLine[] => readLyrics(text).lines ?? [];
const starts = (text: string) => lines(text).map((line) => [line.startMs, line.text]);
const tt = (body: string): string =>
  `<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xml:lang="ja"><body><div>${body}</div></body></tt>`;

describe('lyrics in LRC', () => {
  it('are lines at their times, whatever their order, without what is told of the song', () => {
    const text = '[ar:Ann]\r\n[00:10.50]two\n[00:05]one\n[01:02:03]four\n[00:59.999] three \n';
    expect(starts(text)).toEqual([
      [5000, 'one'],
      [10_500, 'two'],
      [59_999, 'three'],
      [62_030, 'four'],
    ]);
    expect(readLyrics(text)).toMatchObject({ timing: 'line', text: 'one\ntwo\nthree\nfour' });
  });

  it('come as often as they have times, and end where a line of nothing begins', () => {
    expect(starts('[00:01.00][00:09.00]again\n[00:05.00]\n')).toEqual([
      [1000, 'again'],
      [9000, 'again'],
    ]);
    expect(lines('[00:01.00]la\n[00:05.00]\n[00:09.00]la').map(({ endMs }) => endMs)).toEqual([5000, null]);
  });

  it('are shown sooner by a positive offset', () => {
    expect(starts('[offset:+500]\n[00:00.20]a\n[00:02.00]b')).toEqual([
      [0, 'a'],
      [1500, 'b'],
    ]);
  });

  it('have words with times', () => {
    expect(lines('[00:01.00] <00:01.00>Hel<00:01.30>lo <00:01.90>you<00:02.50>')).toEqual([
      {
        startMs: 1000,
        endMs: 2500,
        text: 'Hello you',
        words: [
          { startMs: 1000, endMs: 1300, text: 'Hel' },
          { startMs: 1300, endMs: 1900, text: 'lo ' },
          { startMs: 1900, endMs: 2500, text: 'you' },
        ],
      },
    ]);
    expect(readLyrics('[00:01.00]<00:01.00>a').timing).toBe('word');
  });

  it('are plain text where nothing has a time', () => {
    expect(readLyrics(' [Chorus]\r\nla <3 la\0 ')).toEqual({
      timing: 'none',
      text: '[Chorus]\nla <3 la',
      lines: null,
      language: null,
    });
  });
});

describe('lyrics in TTML', () => {
  it('are paragraphs, and spans where words have times', () => {
    const text = tt(
      `<p begin="9.5" end="12"><span begin="9.5" end="10">Hel</span><span begin="10" end="11">lo</span> <span begin="11" end="12">you &amp; me</span></p>
       <p begin="00:00:01.000" dur="2s">first<br/>line<span ttm:role="x-translation">no</span></p>`,
    );
    expect(readLyrics(text)).toEqual({
      timing: 'word',
      text: 'first\nline\nHello you & me',
      language: 'ja',
      lines: [
        { startMs: 1000, endMs: 3000, text: 'first\nline', words: null },
        {
          startMs: 9500,
          endMs: 12_000,
          text: 'Hello you & me',
          words: [
            { startMs: 9500, endMs: 10_000, text: 'Hel' },
            { startMs: 10_000, endMs: 11_000, text: 'lo ' },
            { startMs: 11_000, endMs: 12_000, text: 'you & me' },
          ],
        },
      ],
    });
  });

  it('count from their parent where they begin before it', () => {
    expect(starts(tt('<p begin="60s"><span begin="1s">a</span><span begin="61.5s">b</span></p>'))).toEqual([
      [60_000, 'ab'],
    ]);
    expect(
      lines(tt('<p begin="60s"><span begin="1s">a</span><span begin="61.5s">b</span></p>'))[0]?.words,
    ).toMatchObject([{ startMs: 61_000 }, { startMs: 61_500 }]);
  });

  it('without times are plain text', () => {
    expect(readLyrics(tt('<p>a</p><p>b</p>'))).toMatchObject({ timing: 'none', text: 'a\nb', lines: null });
  });

  it('end where they are no XML any more, or bring entities of their own', () => {
    expect(starts(tt('<p begin="1s">a</p><p begin="2s">b</q>').slice(0, -8))).toContainEqual([1000, 'a']);
    const laughs = `<!DOCTYPE tt [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${tt('<p begin="1s">&b;</p>').slice(21)}`;
    expect(readLyrics(laughs).text).not.toContain('ha');
    expect(readLyrics('<tt>' + '<div>'.repeat(100_000)).lines).toBeNull();
  });

  it.each([
    ['1:02.5', 62_500],
    ['00:01:02.500', 62_500],
    ['00:01:02:15', 62_500],
    ['62.5s', 62_500],
    ['62.5', 62_500],
    ['62500ms', 62_500],
    ['1.5h', 5_400_000],
    ['625t', 62_500],
    ['-1s', null],
    ['1e9', null],
    ['99999999h', null],
    ['', null],
  ])('have the time %s', (text, ms) => expect(ttmlTime(text, { frameRate: 30, tickRate: 10 })).toBe(ms));
});

describe('whatever lies beside a song', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        '[00:01.00]',
        '[99:99:99]',
        '[offset:-9999999]',
        '<00:02.00>',
        '<',
        '>',
        '[',
        ']',
        '\n',
        '\r',
        '\0',
        '\ud800',
      ],
      ...[
        '<tt xml:lang="x">',
        '</tt>',
        '<p begin="1s" end="0s">',
        '</p>',
        '<span begin="9:9:9">',
        '</span>',
        '<br/>',
      ],
      ...[
        '&amp;',
        '&x;',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<!DOCTYPE tt [',
        '<?xml version="1.0"?>',
        'ラ',
        '‮',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );

  it('becomes lyrics that can be stored and sung: in order, bounded, well-formed', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.boolean(), (pieces, isXml) => {
        const lyrics = readLyrics((isXml ? '<tt>' : '') + pieces.join(''));
        const all = [
          lyrics.text,
          ...(lyrics.lines ?? []).flatMap(({ text, words }) => [text, ...(words ?? []).map((w) => w.text)]),
        ];
        expect(all.every((text) => text.isWellFormed() && !text.includes('\0'))).toBe(true);
        expect(lyrics.timing === 'none').toBe(lyrics.lines === null);
        const times = (lyrics.lines ?? []).map(({ startMs }) => startMs);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        for (const { startMs, endMs, words } of lyrics.lines ?? [])
          for (const each of [{ startMs, endMs }, ...(words ?? [])]) {
            expect(each.startMs).toBeGreaterThanOrEqual(0);
            if (each.endMs !== null) expect(each.endMs).toBeGreaterThan(each.startMs);
          }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['[00:01.00]', 400_000],
    ['<00:01.00>a', 400_000],
    ['[00:01.00]<00:01.00>a\n', 100_000],
    ['[00:01.00]a\n', 100_000],
    ['\n'.repeat(10), 100_000],
    ['<tt>&lt;', 100_000],
    [tt('<p begin="1s">a</p>').slice(0, 100) + '<p begin="1s">a</p>', 20_000],
  ])('is bounded: %j, %i times', (text, times) => {
    const lyrics = readLyrics(text.repeat(times));
    expect(lyrics.text.length).toBeLessThanOrEqual(100_000);
    expect(lyrics.lines?.length ?? 0).toBeLessThanOrEqual(5000);
    expect((lyrics.lines ?? []).flatMap(({ words }) => words ?? []).length).toBeLessThanOrEqual(20_000);
  });
});
