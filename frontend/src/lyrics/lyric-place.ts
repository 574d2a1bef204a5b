import type { paths } from '../api/types';

export type Lyrics =
  paths['/api/tracks/{id}/lyrics']['get']['responses'][200]['content']['application/json']['items'][number];
export type LyricLine = NonNullable<Lyrics['lines']>[number];
type Timed = Pick<LyricLine, 'startMs' | 'endMs'>;

/** The last one that has begun; -1 before the first. Lines come in the order of their beginnings. */
export const placeIn = (timed: readonly Timed[], positionMs: number): number => {
  let [low, high] = [0, timed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timed[middle]?.startMs ?? Infinity) <= positionMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** How much of it is sung by now, from 0 to 1; what says no end lasts until the next one begins. */
export const shareSung = (timed: Timed, nextStartMs: number | null, positionMs: number): number => {
  const end = timed.endMs ?? nextStartMs;
  if (end === null || end <= timed.startMs) return positionMs >= timed.startMs ? 1 : 0;
  return Math.min(1, Math.max(0, (positionMs - timed.startMs) / (end - timed.startMs)));
};

export interface ShownLyrics {
  readonly sung: Lyrics;
  /** The same lines in another language. */
  readonly translation: Lyrics | null;
}

/** Those with the finest times come first; a translation has times, too, or nobody would know which line it is of. */
export const chooseLyrics = (items: readonly Lyrics[]): ShownLyrics | null => {
  const [sung, ...others] = items;
  if (!sung) return null;
  const translation = others.find(
    ({ language, lines }) => lines !== null && language !== null && language !== sung.language,
  );
  return { sung, translation: sung.lines ? (translation ?? null) : null };
};
