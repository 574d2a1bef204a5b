/** From what one knows to what is new. */
export const STOPS = [-2, -1, 0, 1, 2] as const;
export type Stop = (typeof STOPS)[number];

export const stopOf = (adventure: number): Stop => STOPS.find((stop) => stop === adventure) ?? 0;

/** Pure: of novelties from 0 to 100, how many stand nearest to each of the five stops. */
export const stacksOf = (novelties: readonly number[]): readonly number[] => {
  const counts = STOPS.map(() => 0);
  for (const novelty of novelties) {
    const at = Math.min(STOPS.length - 1, Math.max(0, Math.round(novelty / 25)));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
};

export type Tone = 'near' | 'middle' | 'far';

export const toneOf = (movement: 1 | 2 | 3): Tone =>
  (['near', 'middle', 'far'] as const)[movement - 1] ?? 'far';
