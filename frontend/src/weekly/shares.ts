/** A part of what chose a track; without a title: everything that is not named. */
export interface Share {
  readonly id: string;
  readonly title: string | null;
  readonly share: number;
}

/** Less of it is nobody's part. */
const ROUNDING = 0.005;

/** Pure: what is named, and the rest, so that all of it is 1; nothing where nothing is named. */
export const sharesOf = (
  tracks: readonly { readonly id: string; readonly title: string; readonly share: number }[],
): readonly Share[] => {
  const rest = 1 - tracks.reduce((sum, { share }) => sum + share, 0);
  if (tracks.length === 0 || rest < ROUNDING) return tracks;
  return [...tracks, { id: 'others', title: null, share: rest }];
};
