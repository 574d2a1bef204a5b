import { CUE_FRAMES_A_SECOND, type CueSheet, type CueTrack } from '../media/cue-sheet.js';
import type { TrackTags } from '../media/track-tags.js';

/** A part of a file that is a track of its own. */
export interface CuePart {
  /** From 1 on, in the order of the sheet. */
  readonly index: number;
  readonly fromSample: number;
  /** The first that is no part of it; null: up to the end of the file. */
  readonly toSample: number | null;
  readonly sampleCount: number;
  readonly track: CueTrack;
}

export type CuePlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'parts'; readonly sheet: CueSheet; readonly parts: readonly CuePart[] }
  /** The file stays one track, and this is why. */
  | { readonly kind: 'problem'; readonly reason: string };

const NONE: CuePlan = { kind: 'none' };
const stemOf = (name: string): string => name.replace(/\.[^./\\]*$/, '');
const baseOf = (name: string): string =>
  name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
const folded = (name: string): string => baseOf(name).normalize('NFC').toLowerCase();

/** Pure: whether a sheet has the name of an audio file: `album.cue`, or `album.flac.cue`. */
export const isNamedAfter = (sheetName: string, audioName: string): boolean => {
  const own = folded(stemOf(sheetName));
  return own === folded(audioName) || own === folded(stemOf(audioName));
};

/**
 * Pure: the FILE of a sheet that stands for an audio file. Sheets are written before the WAV becomes a FLAC, so
 * endings do not count; and of one that has its name, its only FILE may be called anything.
 */
export function fileFor(sheet: CueSheet, sheetName: string, audioName: string): string | null {
  const same = sheet.files.find((file) => folded(file) === folded(audioName));
  const alike = sheet.files.find((file) => folded(stemOf(file)) === folded(stemOf(audioName)));
  const only = sheet.files.length === 1 && isNamedAfter(sheetName, audioName) ? sheet.files[0] : undefined;
  return same ?? alike ?? only ?? null;
}

export interface WholeFile {
  readonly sampleRateHz: number;
  readonly sampleCount: number;
}

/** Pure: the FILE of a sheet inside an audio file that stands for it. One of many files is that of their folder. */
export const fileInside = (sheet: CueSheet, audioName: string): string | null =>
  sheet.files.length === 1 ? (sheet.files[0] ?? null) : fileFor(sheet, '', audioName);

/** More than any disc or mix has; each is a row, a measurement and encodes. */
const MOST_TRACKS = 999;

/** Pure: the tracks that a sheet makes of a file. One track is the file itself. `called`: the sheet, in a sentence. */
export function planOf(sheet: CueSheet, file: string, called: string, whole: WholeFile): CuePlan {
  const tracks = sheet.tracks.filter((track) => track.file === file);
  if (tracks.length < 2) return NONE;
  const problem = (what: string): CuePlan => ({
    kind: 'problem',
    reason: `The CUE sheet ${called} ${what}, so this file stays one track.`,
  });
  if (tracks.length > MOST_TRACKS) return problem(`has more than ${MOST_TRACKS} tracks`);
  const starts: number[] = [];
  for (const { number, startFrames } of tracks) {
    if (startFrames === null) return problem(`does not say where track ${number} begins`);
    const start = Math.round((startFrames * whole.sampleRateHz) / CUE_FRAMES_A_SECOND);
    if (start <= (starts.at(-1) ?? -1)) return problem(`lets track ${number} begin before the one before it`);
    if (start >= whole.sampleCount) return problem(`lets track ${number} begin beyond the end of the file`);
    starts.push(start);
  }
  const parts = tracks.map((track, at): CuePart => {
    const fromSample = starts[at] ?? 0;
    const toSample = starts[at + 1] ?? null;
    return {
      index: at + 1,
      fromSample,
      toSample,
      sampleCount: (toSample ?? whole.sampleCount) - fromSample,
      track,
    };
  });
  return { kind: 'parts', sheet, parts };
}

const one = (value: string | null | undefined): readonly string[] =>
  value === null || value === undefined || value === '' ? [] : [value];
const numberIn = (value: string | undefined): number | null => {
  const found = Number.parseFloat(value ?? '');
  return Number.isFinite(found) ? found : null;
};
const wholeIn = (value: string | undefined): number | null => {
  const found = numberIn(value);
  return found === null ? null : Math.trunc(found);
};

/** Pure: what the sheet says of a part, before what the file's own tags say of all of it. */
export function tagsOfPart(
  file: TrackTags,
  sheet: CueSheet,
  { track, index }: CuePart,
  total: number,
): TrackTags {
  const remark = (name: string): string | undefined => track.remarks.get(name) ?? sheet.remarks.get(name);
  const performer = track.performer ?? sheet.performer;
  const albumArtists = sheet.performer === null ? file.albumArtists : [sheet.performer];
  const date = remark('DATE') ?? file.date;
  const genre = remark('GENRE');
  const writer = one(track.songwriter ?? sheet.songwriter);
  const composer = one(remark('COMPOSER'));
  const number = Number.isSafeInteger(track.number) ? track.number : index;
  return {
    ...file,
    title: track.title ?? `Track ${String(number).padStart(2, '0')}`,
    artists: performer === null ? file.artists : [performer],
    artistText: performer === null ? file.artistText : null,
    albumArtists: albumArtists.length > 0 || performer === null ? albumArtists : file.artists,
    albumArtistText: sheet.performer === null ? file.albumArtistText : null,
    album: sheet.title ?? file.album,
    trackNumber: number,
    trackTotal: total,
    discNumber: wholeIn(remark('DISCNUMBER')) ?? file.discNumber,
    discTotal: wholeIn(remark('TOTALDISCS')) ?? file.discTotal,
    genres: genre === undefined ? file.genres : [genre],
    credits: {
      ...file.credits,
      ...(writer.length > 0 ? { writer } : {}),
      ...(composer.length > 0 ? { composer } : {}),
    },
    date,
    year: wholeIn(/\d{4}/.exec(date ?? '')?.[0]) ?? file.year,
    isrc: track.isrc,
    musicBrainz: {
      ...file.musicBrainz,
      recording: null,
      track: null,
      artists: track.performer === null ? file.musicBrainz.artists : [],
    },
    replayGain: {
      trackDb: numberIn(track.remarks.get('REPLAYGAIN_TRACK_GAIN')),
      albumDb: numberIn(sheet.remarks.get('REPLAYGAIN_ALBUM_GAIN')) ?? file.replayGain.albumDb,
    },
    bpm: null,
    sort: { ...file.sort, title: null, artist: track.performer === null ? file.sort.artist : null },
    lyrics: [],
  };
}
