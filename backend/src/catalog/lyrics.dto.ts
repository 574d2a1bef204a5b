import { z } from 'zod';

const times = {
  startMs: z.int(),
  /** Null: until the next one begins. */
  endMs: z.int().nullable(),
  text: z.string(),
};

export const lyricLineSchema = z
  .object({ ...times, words: z.array(z.object(times)).nullable() })
  .meta({ id: 'LyricLine' });

export const lyricsSchema = z
  .object({
    language: z.string().nullable(),
    source: z.enum(['embedded', 'sidecar']),
    timing: z.enum(['none', 'line', 'word']),
    /** What is sung, a line a line. */
    text: z.string(),
    /** Null where nothing has a time. */
    lines: z.array(lyricLineSchema).nullable(),
  })
  .meta({ id: 'Lyrics' });
export type LyricsDto = z.output<typeof lyricsSchema>;

/** Those with the finest times first; empty where nothing is known. */
export const trackLyricsSchema = z.object({ items: z.array(lyricsSchema) }).meta({ id: 'TrackLyrics' });
export type TrackLyrics = z.output<typeof trackLyricsSchema>;
