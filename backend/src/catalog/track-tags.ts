import type { CreditRole } from './credits.js';

export interface Lyrics {
  readonly language: string | null;
  readonly synced: boolean;
  readonly text: string;
}

/** What merging wants to know of one file; the reader's words, neither folded nor merged. Lists keep their order. */
export interface TrackTags {
  readonly title: string;
  readonly titleSort: string | null;
  readonly artists: readonly string[];
  readonly artistSorts: readonly string[];
  readonly artistIds: readonly string[];
  /** The artists as one text, where the file has it so ("A with B"). */
  readonly artistText: string | null;
  readonly album: string | null;
  readonly albumSort: string | null;
  readonly albumArtists: readonly string[];
  readonly albumArtistSorts: readonly string[];
  readonly albumArtistIds: readonly string[];
  readonly albumId: string | null;
  readonly compilation: boolean;
  readonly credits: readonly { readonly role: CreditRole; readonly name: string }[];
  readonly genres: readonly string[];
  readonly trackNumber: number | null;
  readonly trackTotal: number | null;
  readonly discNumber: number | null;
  readonly discTotal: number | null;
  readonly discTitle: string | null;
  readonly date: string | null;
  readonly originalDate: string | null;
  readonly year: number | null;
  readonly releaseType: string | null;
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly barcode: string | null;
  readonly recordingId: string | null;
  readonly isrc: string | null;
  readonly comment: string | null;
  readonly bpm: number | null;
  readonly replaygainTrackDb: number | null;
  readonly replaygainAlbumDb: number | null;
  readonly lyrics: readonly Lyrics[];
}
