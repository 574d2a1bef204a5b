'use client';
import type { ShownLyrics } from './lyric-place';
import { TimedLyrics } from './timed-lyrics';

/** What is sung: with its times where it has any, else to be read. */
export function LyricsView({
  lyrics,
  vertical,
}: {
  readonly lyrics: ShownLyrics;
  readonly vertical: boolean;
}) {
  const { sung, translation } = lyrics;
  if (sung.lines)
    return (
      <TimedLyrics
        lines={sung.lines}
        language={sung.language}
        translation={translation}
        vertical={vertical}
      />
    );
  return (
    <div
      className={vertical ? 'lyrics lyrics-plain lyrics-vertical' : 'lyrics lyrics-plain'}
      lang={sung.language ?? undefined}
      tabIndex={0}
    >
      {sung.text.split('\n').map((line, at) => (
        <p key={at}>{line}</p>
      ))}
    </div>
  );
}
