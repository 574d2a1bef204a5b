import type { CueSheet } from './cue-sheet.js';

/** Who took part beside the performers, in the order of the tag. */
export const CREDIT_ROLES = [
  'composer',
  'conductor',
  'lyricist',
  'remixer',
  'producer',
  'arranger',
  'engineer',
  'mixer',
  'djMixer',
  'writer',
  'musician',
] as const;
export type CreditRole = (typeof CREDIT_ROLES)[number];

export interface TagLyrics {
  /** ISO 639-2, as the tag has it; null when it does not say. */
  readonly language: string | null;
  /** As written: plain, LRC or TTML (lyric-lines.ts reads it). */
  readonly text: string;
  /** From a file beside the track; else from its own tags. */
  readonly isBeside?: boolean;
}

export interface TagPicture {
  /** The tag's own word for it, for example `Cover (front)`; null when it has none. */
  readonly type: string | null;
  readonly mimeType: string;
  readonly data: Uint8Array;
}

export interface MusicBrainzIds {
  readonly recording: string | null;
  readonly track: string | null;
  readonly release: string | null;
  readonly releaseGroup: string | null;
  /** In the order of the artists. */
  readonly artists: readonly string[];
  readonly albumArtists: readonly string[];
}

/** What a file says about its music; what it does not say is null or an empty list. Plain data: it crosses processes. */
export interface TrackTags {
  readonly title: string | null;
  readonly artists: readonly string[];
  /** The artists as one text, as the sleeve writes them ("A feat. B"). */
  readonly artistText: string | null;
  readonly albumArtists: readonly string[];
  readonly albumArtistText: string | null;
  readonly album: string | null;
  readonly trackNumber: number | null;
  readonly trackTotal: number | null;
  readonly discNumber: number | null;
  readonly discTotal: number | null;
  readonly discTitle: string | null;
  readonly genres: readonly string[];
  readonly credits: Readonly<Partial<Record<CreditRole, readonly string[]>>>;
  /** As tagged: `2005`, `2005-03` or `2005-03-14`. */
  readonly date: string | null;
  readonly originalDate: string | null;
  readonly year: number | null;
  readonly compilation: boolean;
  readonly releaseType: readonly string[];
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly isrc: string | null;
  readonly musicBrainz: MusicBrainzIds;
  readonly replayGain: { readonly trackDb: number | null; readonly albumDb: number | null };
  readonly bpm: number | null;
  readonly comment: string | null;
  readonly sort: {
    readonly title: string | null;
    readonly artist: string | null;
    readonly album: string | null;
    readonly albumArtist: string | null;
    readonly composer: string | null;
  };
  readonly lyrics: readonly TagLyrics[];
}

/** What the header says of the sound: a hint until the file is decoded. */
export interface FormatHint {
  readonly container: string | null;
  readonly codec: string | null;
  readonly lossless: boolean | null;
  readonly sampleRateHz: number | null;
  readonly bitDepth: number | null;
  readonly channels: number | null;
  readonly bitrateKbps: number | null;
  readonly durationMs: number | null;
}

export interface FileTags {
  readonly tags: TrackTags;
  readonly format: FormatHint;
  /** Only when asked for. */
  readonly pictures: readonly TagPicture[];
  /** Of several tracks in this one file, as the file itself tells them. */
  readonly cueSheet: CueSheet | null;
}

export const NO_TAGS: TrackTags = {
  title: null,
  artists: [],
  artistText: null,
  albumArtists: [],
  albumArtistText: null,
  album: null,
  trackNumber: null,
  trackTotal: null,
  discNumber: null,
  discTotal: null,
  discTitle: null,
  genres: [],
  credits: {},
  date: null,
  originalDate: null,
  year: null,
  compilation: false,
  releaseType: [],
  label: null,
  catalogNumber: null,
  isrc: null,
  musicBrainz: {
    recording: null,
    track: null,
    release: null,
    releaseGroup: null,
    artists: [],
    albumArtists: [],
  },
  replayGain: { trackDb: null, albumDb: null },
  bpm: null,
  comment: null,
  sort: { title: null, artist: null, album: null, albumArtist: null, composer: null },
  lyrics: [],
};
