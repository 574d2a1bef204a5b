/** Where a track that could be recommended was found. */
export const CANDIDATE_SOURCES = ['model', 'artist', 'genre', 'followed', 'popular', 'fresh'] as const;
export type CandidateSource = (typeof CANDIDATE_SOURCES)[number];

/** A track that somebody has never heard and may hear, with what the rules of a list look at. */
export interface Candidate {
  readonly trackId: string;
  readonly artistId: string | null;
  readonly genreIds: readonly string[];
  readonly source: CandidateSource;
  /** Of the model beside that of all candidates, in deviations; null where the model does not know the track. */
  readonly modelScore: number | null;
  /** How near its artist and genres are to what the listener hears, 0 to 1. */
  readonly affinity: number;
  /** By how many it was played. */
  readonly listeners: number;
  readonly isKnownArtist: boolean;
  readonly bpm: number | null;
  readonly energy: number | null;
}

/** A candidate with the number by which it is chosen. */
export interface Scored extends Candidate {
  readonly score: number;
}
