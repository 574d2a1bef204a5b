/** What is found, and the number of each kind in the tables of the index. */
export const KINDS = { track: 1, album: 2, artist: 3, playlist: 4 } as const;
export type SearchKind = keyof typeof KINDS;
export const SEARCH_KINDS = ['track', 'album', 'artist', 'playlist'] as const satisfies SearchKind[];

/** Noted with the kinds: the lyrics of a track, which are not a thing of their own. */
export const LYRICS = 5;

/** Stands among the libraries of a playlist that everybody sees. */
export const EVERYBODY = '00000000-0000-0000-0000-000000000000';
