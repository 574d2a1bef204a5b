'use client';
import { useEffect, useRef } from 'react';
import { languageOf } from '../components/language-of';
import { useMediaQuery } from '../library/use-media-query';
import { usePlayer } from '../player/player-context';
import { placeIn, type LyricLine, type Lyrics } from './lyric-place';
import { useSung } from './use-sung';

/** Who scrolls by hand wants to read: the song waits for a moment. */
const READING_MS = 4000;

interface TimedLyricsProps {
  readonly lines: readonly LyricLine[];
  readonly language: string | null;
  readonly translation: Lyrics | null;
  readonly vertical: boolean;
}

/** Moves with the song, a line at a time; a line that is pressed is sung next. */
export function TimedLyrics({ lines, language, translation, vertical }: TimedLyricsProps) {
  const player = usePlayer();
  const root = useRef<HTMLDivElement>(null);
  const readUntil = useRef(0);
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  const current = useSung(lines, root);
  useEffect(() => {
    const line = root.current?.querySelector('[aria-current]');
    if (performance.now() < readUntil.current) return;
    line?.scrollIntoView({ block: 'center', inline: 'center', behavior: still ? 'instant' : 'smooth' });
  }, [current, still, vertical]);
  const read = () => {
    readUntil.current = performance.now() + READING_MS;
  };
  const sungAt = lines[current]?.startMs;
  const other = translation?.lines;
  const caption = sungAt !== undefined && other ? other[placeIn(other, sungAt)]?.text : undefined;
  return (
    <>
      <div
        ref={root}
        className={vertical ? 'lyrics lyrics-vertical' : 'lyrics'}
        lang={language ?? undefined}
        onWheel={read}
        onTouchMove={read}
      >
        {lines.map((line, at) => (
          <button
            key={`${line.startMs}-${at}`}
            type="button"
            lang={languageOf(line.text) ?? language ?? undefined}
            aria-current={at === current ? 'true' : undefined}
            disabled={line.text === ''}
            onClick={() => player.seek(line.startMs)}
          >
            {line.words
              ? line.words.map((word, index) => (
                  <span key={`${word.startMs}-${index}`} data-word="">
                    {word.text}
                  </span>
                ))
              : line.text}
          </button>
        ))}
      </div>
      {caption && (
        <p className="lyrics-caption" lang={translation?.language ?? undefined}>
          {caption}
        </p>
      )}
    </>
  );
}
