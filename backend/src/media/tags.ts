import {
  type IAudioMetadata,
  type ICommonTagsResult,
  parseFromTokenizer,
  TimestampFormat,
} from 'music-metadata';
import { BlockTokenizer, type ByteSource } from './block-tokenizer.js';
import { parseCueTag, type CueSheet } from './cue-sheet.js';
import { commonEncoding, guessText } from './encodings.js';
import type { FfmpegTools } from './find-ffmpeg.js';
import { fileError, MediaError } from './media-error.js';
import { probe } from './probe.js';
import { probedTags } from './probed-tags.js';
import { type PathBytes, withReadablePath } from './readable-path.js';
import { readCueBlock } from './flac-cue-block.js';
import { type SlashedField, slashedFields } from './id3v23.js';
import { finite, lrcText, positive, tidy, tidyDate, uuid } from './tag-values.js';
import {
  type CreditRole,
  type FileTags,
  type FormatHint,
  type TagLyrics,
  type TrackTags,
} from './track-tags.js';

export interface ReadTagsOptions {
  /** Pictures are skipped unless asked for: they are most of a tag's bytes. */
  readonly pictures?: boolean;
}

/**
 * Reads the tags of one file, of whatever format. It runs a parser on foreign bytes: outside of tests, only in the
 * child of TagReaderPool. Throws MediaError TAGS_UNREADABLE when the parser refuses the file, or UNREADABLE.
 */
export async function readTags(
  open: () => Promise<ByteSource>,
  name: PathBytes,
  options: ReadTagsOptions = {},
): Promise<FileTags> {
  try {
    const pictures = options.pictures === true;
    const file = BlockTokenizer.of(await open(), name);
    const found = await parseFromTokenizer(file, { skipCovers: !pictures });
    return {
      tags: toTrackTags(found),
      format: toFormatHint(found),
      pictures: (found.common.picture ?? []).map(({ type, format, data }) => ({
        type: type ?? null,
        mimeType: format,
        data,
      })),
      cueSheet: cueTag(found) ?? (await cueBlock(found, file)),
    };
  } catch (error) {
    const translated = fileError(error);
    if (translated instanceof MediaError) throw translated;
    throw new MediaError('TAGS_UNREADABLE', 'The tags of this file cannot be read.', { cause: error });
  }
}

/** For a file whose tags the parser refused: what ffprobe reads of them. Throws as `probe` does. */
export async function readTagsByProbe(tools: FfmpegTools, path: PathBytes): Promise<FileTags> {
  return withReadablePath(path, async (file) => probedTags(await probe(tools, file)));
}

/** Tags whose text may be in any code page, since their standards only know Latin-1. */
const LEGACY_TAGS = new Set<string>(['ID3v1', 'ID3v2.2', 'ID3v2.3', 'ID3v2.4', 'AIFF']);

/** Reads single fields as they were meant. */
interface Reader {
  readonly text: (value: string | undefined) => string | null;
  readonly list: (values: readonly string[] | undefined) => readonly string[];
}

function readerFor(found: IAudioMetadata): Reader {
  const isLegacy = found.format.tagTypes.some((type) => LEGACY_TAGS.has(type));
  const { title, artist, album, albumartist } = found.common;
  const main = [title, artist, album, albumartist].filter((value) => value !== undefined);
  const hint = isLegacy ? commonEncoding(main) : null;
  const text = (value: string | undefined): string | null =>
    tidy(value === undefined || !isLegacy ? value : guessText(value, hint).text);
  return { text, list: (values) => (values ?? []).flatMap((value) => text(value) ?? []) };
}

function toTrackTags(found: IAudioMetadata): TrackTags {
  const { common } = found;
  const { text, list } = readerFor(found);
  const slashed = slashedFields(found);
  const names = (field: SlashedField, values: readonly string[] | undefined): readonly string[] =>
    list(slashed[field] ?? values);
  const artists = names('artists', common.artists);
  const albumArtists = names('albumartists', common.albumartists);
  const date = tidyDate(common.date) ?? tidyDate(common.releasedate) ?? tidyDate(common.year?.toString());
  return {
    title: text(common.title),
    artists,
    artistText: sleeveText(text(slashed.artist?.join(', ') ?? common.artist), artists),
    albumArtists,
    albumArtistText: sleeveText(text(common.albumartist), albumArtists),
    album: text(common.album),
    trackNumber: positive(common.track.no),
    trackTotal: positive(common.track.of),
    discNumber: positive(common.disk.no),
    discTotal: positive(common.disk.of),
    discTitle: text(one(common.discsubtitle)),
    genres: list(common.genre),
    credits: readCredits(found, (field) =>
      list(isSlashed(field) ? (slashed[field] ?? common[field]) : common[field]),
    ),
    date,
    originalDate: tidyDate(common.originaldate) ?? tidyDate(common.originalyear?.toString()),
    year: date === null ? positive(common.year) : Number(date.slice(0, 4)),
    compilation: common.compilation === true,
    releaseType: list(common.releasetype),
    label: text(common.label?.[0]),
    catalogNumber: text(common.catalognumber?.[0]),
    isrc: text(common.isrc?.[0]),
    musicBrainz: {
      recording: uuid(common.musicbrainz_recordingid),
      track: uuid(common.musicbrainz_trackid),
      release: uuid(common.musicbrainz_albumid),
      releaseGroup: uuid(common.musicbrainz_releasegroupid),
      artists: (common.musicbrainz_artistid ?? []).flatMap((id) => uuid(id) ?? []),
      albumArtists: (common.musicbrainz_albumartistid ?? []).flatMap((id) => uuid(id) ?? []),
    },
    replayGain: {
      trackDb: finite(common.replaygain_track_gain?.dB),
      albumDb: finite(common.replaygain_album_gain?.dB),
    },
    bpm: positive(common.bpm),
    comment: text(common.comment?.find(({ descriptor = '' }) => descriptor === '')?.text),
    sort: {
      title: text(common.titlesort),
      artist: text(common.artistsort),
      album: text(common.albumsort),
      albumArtist: text(common.albumartistsort),
      composer: text(common.composersort),
    },
    lyrics: readLyrics(found, text),
  };
}

/** `CUESHEET` in Vorbis comments, `Cuesheet` in APE tags, and what others make of it in ID3 and MP4. */
const CUE_TAG = /(?:^|:)cuesheet$/i;

function cueTag({ native }: IAudioMetadata): CueSheet | null {
  const sheets = Object.values(native).flatMap((tags) =>
    tags.flatMap(({ id, value }) => (CUE_TAG.test(id) && typeof value === 'string' ? [value] : [])),
  );
  return sheets.reduce<CueSheet | null>((found, text) => found ?? parseCueTag(text), null);
}

const cueBlock = async (found: IAudioMetadata, file: BlockTokenizer): Promise<CueSheet | null> =>
  found.format.container === 'FLAC' ? readCueBlock(file, found.format.sampleRate ?? 0) : null;

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

/** Several fields of one artist each have no text in common: it is made of them. */
function sleeveText(written: string | null, names: readonly string[]): string | null {
  const isOneOfMany = names.length > 1 && (written === null || names.includes(written));
  return isOneOfMany ? names.join(', ') : (written ?? names[0] ?? null);
}

const CREDIT_FIELDS = {
  composer: 'composer',
  conductor: 'conductor',
  lyricist: 'lyricist',
  remixer: 'remixer',
  producer: 'producer',
  arranger: 'arranger',
  engineer: 'engineer',
  mixer: 'mixer',
  djMixer: 'djmixer',
  writer: 'writer',
} as const satisfies Record<Exclude<CreditRole, 'musician'>, keyof ICommonTagsResult>;

type CreditField = (typeof CREDIT_FIELDS)[keyof typeof CREDIT_FIELDS];
const isSlashed = (field: CreditField): field is CreditField & SlashedField =>
  field === 'composer' || field === 'lyricist';

function readCredits(
  found: IAudioMetadata,
  names: (field: CreditField) => readonly string[],
): TrackTags['credits'] {
  const credits = Object.entries(CREDIT_FIELDS).map(([role, field]) => [role, names(field)] as const);
  return Object.fromEntries(
    [...credits, ['musician', musicians(found)] as const].filter(([, people]) => people.length > 0),
  );
}

/** `PERFORMER=Name (instrument)` of Vorbis comments, APE and MP4, which the parser passes by. */
const PERFORMER = /(?:^|:)performer$/i;

function musicians({ native }: IAudioMetadata): readonly string[] {
  const named = Object.values(native).flatMap((tags) =>
    tags.flatMap(({ id, value }) => (PERFORMER.test(id) && typeof value === 'string' ? [value] : [])),
  );
  return named.flatMap((text) => tidy(text.replace(/\s*\([^()]*\)\s*$/, '')) ?? []);
}

/** The parser takes what is timed in a text apart in its own way, so texts are read as they stand in the file. */
const LYRICS = /(?:^|:|\/)(?:uslt|ult|(?:unsynced ?|synced ?)?lyrics(?:_synchronised)?|©lyr)$/i;

function readLyrics({ native, common }: IAudioMetadata, text: Reader['text']): readonly TagLyrics[] {
  const written = Object.values(native).flatMap((tags) =>
    tags.flatMap(({ id, value }) => (LYRICS.test(id) ? lyricsValue(value) : [])),
  );
  const timed = (common.lyrics ?? []).flatMap(({ language, syncText, timeStampFormat, text: plain }) =>
    timeStampFormat === TimestampFormat.milliseconds && syncText.length > 0 && plain === undefined
      ? [{ language, text: lrcText(syncText) }]
      : [],
  );
  const found = new Map<string, TagLyrics>();
  for (const lyrics of [...written, ...timed]) {
    const words = text(lyrics.text);
    if (words !== null && !found.has(words))
      found.set(words, { language: text(lyrics.language), text: words });
  }
  return [...found.values()];
}

/** A text, or what ID3 has around it. */
function lyricsValue(value: unknown): { readonly language?: string | undefined; readonly text: string }[] {
  if (typeof value === 'string') return [{ text: value }];
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
    return [];
  const language = 'language' in value && typeof value.language === 'string' ? value.language : undefined;
  return [{ language, text: value.text }];
}

function toFormatHint({ format }: IAudioMetadata): FormatHint {
  const bitrate = positive(format.bitrate);
  const duration = positive(format.duration);
  return {
    container: format.container ?? null,
    codec: format.codec ?? null,
    lossless: format.lossless ?? null,
    sampleRateHz: positive(format.sampleRate),
    bitDepth: positive(format.bitsPerSample),
    channels: positive(format.numberOfChannels),
    bitrateKbps: bitrate === null ? null : Math.round(bitrate / 1000),
    // A header can promise centuries (57 years were seen): two days are the longest that is believed.
    durationMs: duration === null || duration > 172_800 ? null : Math.round(duration * 1000),
  };
}
