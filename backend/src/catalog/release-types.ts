import { cleanName } from './names.js';

/** MusicBrainz' words, the first ones saying what it is, the others of which kind. */
const PRIMARY = ['album', 'single', 'ep', 'broadcast', 'other'] as const;
const SECONDARY = [
  'compilation',
  'soundtrack',
  'spokenword',
  'interview',
  'audiobook',
  'audio drama',
  'live',
  'remix',
  'dj-mix',
  'mixtape',
  'demo',
  'field recording',
] as const;
export const RELEASE_TYPES = [...PRIMARY, ...SECONDARY] as const;
export type ReleaseType = (typeof RELEASE_TYPES)[number];

const OTHER_WORDS: Readonly<Record<string, ReleaseType>> = {
  lp: 'album',
  maxi: 'single',
  'maxi-single': 'single',
  'maxi single': 'single',
  'mini-album': 'ep',
  'mini album': 'ep',
  'spoken word': 'spokenword',
  ost: 'soundtrack',
  'mixtape/street': 'mixtape',
  'dj mix': 'dj-mix',
  'best of': 'compilation',
  anthology: 'compilation',
};

const typeOf = (word: string): ReleaseType | undefined =>
  RELEASE_TYPES.find((type) => type === word) ?? OTHER_WORDS[word];

/** Shops write it behind the title: "Blue - Single", "Blue (EP)". */
const BEHIND_TITLE = /(?:\s[-–]\s*|\s*[([])(single|ep)[)\]]?$/iu;

/**
 * Pure: of which types a release is, each once, the primary first. Taggers write them apart, or in one text with
 * semicolons, commas or slashes; where they say nothing a title or a flag may.
 */
export const releaseTypes = (
  tagged: readonly string[],
  title: string,
  compilation: boolean,
): readonly ReleaseType[] => {
  const words = tagged.flatMap((text) => {
    const word = cleanName(text, 200).toLowerCase();
    return typeOf(word) === undefined ? word.split(/\s*[;,/+]\s*/u) : [word];
  });
  const found = new Set(words.flatMap((word) => typeOf(word) ?? []));
  const behind = typeOf((BEHIND_TITLE.exec(title)?.[1] ?? '').toLowerCase());
  if (behind !== undefined && !PRIMARY.some((type) => found.has(type))) found.add(behind);
  if (compilation) found.add('compilation');
  return RELEASE_TYPES.filter((type) => found.has(type));
};

/** What it is, where anybody says so. */
export const primaryType = (types: readonly ReleaseType[]): ReleaseType | null =>
  PRIMARY.find((type) => types.includes(type)) ?? types[0] ?? null;
