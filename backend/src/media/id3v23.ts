import { joinSlashed } from './tag-values.js';

/** As much of a parsed file as this rule reads. */
interface ParsedTags {
  readonly format: { readonly tagTypes: readonly string[] };
  readonly native: Readonly<Record<string, readonly { readonly id: string; readonly value: unknown }[]>>;
  readonly common: {
    readonly musicbrainz_artistid?: readonly string[];
    readonly musicbrainz_albumartistid?: readonly string[];
  };
  readonly quality: { readonly warnings: Warnings };
}

type Warnings = readonly { readonly message: string }[];

/** Fields that ID3v2.3 (or its taggers) separate by a slash, and the frames that hold them in 2.3 and 2.2. */
const FRAMES = {
  artist: ['TPE1', 'TP1'],
  artists: ['TXXX:ARTISTS'],
  albumartists: ['TPE2', 'TP2'],
  composer: ['TCOM', 'TCM'],
  lyricist: ['TEXT', 'TXT'],
} as const;
export type SlashedField = keyof typeof FRAMES;

/**
 * Pure: the lists of an ID3v2.3 or 2.2 tag, from its own frames: the parser has already cut some of them at every slash
 * and dropped parts that came twice, and others not at all. Empty for every other tag, and where an APE tag, which
 * comes first, says the same.
 */
export function slashedFields(found: ParsedTags): Partial<Record<SlashedField, readonly string[]>> {
  const { tagTypes } = found.format;
  if (tagTypes.includes('APEv2')) return {};
  const frames = found.native['ID3v2.3'] ?? found.native['ID3v2.2'];
  if (frames === undefined) return {};
  const read = (field: SlashedField, ids: readonly string[] | undefined): readonly string[] | undefined => {
    const names: readonly string[] = FRAMES[field];
    const values = frames.flatMap(({ id, value }) =>
      names.includes(id.toUpperCase()) && typeof value === 'string' ? value : [],
    );
    return values.length === 0
      ? undefined
      : separate(values, field, ids?.length ?? 0, found.quality.warnings);
  };
  const { musicbrainz_artistid, musicbrainz_albumartistid } = found.common;
  const artist = read('artist', musicbrainz_artistid);
  return {
    artist,
    artists: read('artists', musicbrainz_artistid) ?? artist,
    albumartists: read('albumartists', musicbrainz_albumartistid),
    composer: read('composer', undefined),
    lyricist: read('lyricist', undefined),
  };
}

/** A NUL between values leaves no doubt; the parser has cut at it and says so in a warning, or has left it in place. */
function separate(
  values: readonly string[],
  field: SlashedField,
  ids: number,
  warnings: Warnings,
): readonly string[] {
  const frame = FRAMES[field].map((name) => name.split(':')[0]);
  const hadNul = warnings.some(({ message }) =>
    frame.some((name) => message.includes(` ${name} uses non standard null-separator`)),
  );
  const parts = values.flatMap((value) => value.split('\0'));
  if (parts.length > values.length || (hadNul && parts.length > 1)) return parts;
  return joinSlashed(
    parts.flatMap((part) => part.split('/').map((name) => name.trim())),
    ids,
  );
}
