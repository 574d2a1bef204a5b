import { createHash } from 'node:crypto';
import { isVarious, musicBrainzId, variousArtists, type ArtistRef } from './credits.js';
import { cleanName, fold } from './names.js';

/** Where a file lies: its library and the folders from the music folder down to it, none for a loose file. */
export interface FilePlace {
  readonly libraryId: string;
  readonly fileName: string;
  readonly folders: readonly string[];
}

/** What of a file's tags speaks of its album. */
export interface AlbumTags {
  readonly title: string | null;
  readonly artists: readonly ArtistRef[];
  readonly compilation: boolean;
  readonly musicBrainzId: string | null;
  readonly catalogNumber: string | null;
}

export interface AlbumIdentity {
  /** Files with the same key are one album. */
  readonly mergeKey: string;
  readonly title: string;
  readonly artists: readonly ArtistRef[];
  /** Nobody named the album's artists: they are the tracks' one performer, or various artists. */
  readonly artistsDerived: boolean;
  readonly compilation: boolean;
  /** The disc that the title or the folder names, for files whose tags do not. */
  readonly disc: number | null;
}

export const UNKNOWN_ALBUM = 'Unknown album';

const DISC_WORD = '(?:cd|dis[ck]|disque)';
const DISC_FOLDER = new RegExp(`^${DISC_WORD}[\\s._-]*(\\d{1,2})(?:\\b|[\\s._:-]|$)`, 'iu');
const DISC_SUFFIX =
  /[\s,:;-]*(?:[([]\s*(?:cd|dis[ck])\s*[.#]?\s*(\d{1,2})(?:\s*[:-][^)\]]*)?[)\]]|[,:-]\s*(?:cd|dis[ck])\s*(\d{1,2}))\s*$/iu;
const FOLDER_YEAR = /(?:^|[^\d])((?:19|20)\d{2})(?:[^\d]|$)/u;
const COMPILATION_FOLDER: ReadonlySet<string> = new Set(
  ['various artists', 'various', 'va', 'v.a.', 'compilations', 'compilation', 'samplers', 'オムニバス'].map(
    fold,
  ),
);

/** "Blue (Disc 2)" is disc 2 of "Blue". A title that is nothing but "CD1" stays as it is. */
export const splitDisc = (title: string): { readonly title: string; readonly disc: number | null } => {
  const match = DISC_SUFFIX.exec(title);
  if (match === null || match.index === 0) return { title, disc: null };
  return { title: title.slice(0, match.index).trim(), disc: Number(match[1] ?? match[2]) };
};

const discOfFolder = (folder: string): number | null => {
  const match = DISC_FOLDER.exec(folder.trim());
  return match === null ? null : Number(match[1]);
};

/** The folders without a last one like "CD1": the folder of the album. */
const albumFolders = (
  folders: readonly string[],
): { readonly path: readonly string[]; readonly disc: number | null } => {
  const disc = folders.length > 0 ? discOfFolder(folders.at(-1) ?? '') : null;
  return disc === null ? { path: folders, disc } : { path: folders.slice(0, -1), disc };
};

/** "[1999] Blue (Remaster)" as a title: without the year in front. */
const titleOfFolder = (folder: string): string =>
  cleanName(folder.replace(/^[([]?(?:19|20)\d{2}[)\]]?\s*[-–_.]?\s*(?=\S)/u, '').replaceAll('_', ' ')) ||
  cleanName(folder);

const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\u001f')).digest('base64url');

const namesOf = (artists: readonly ArtistRef[]): string =>
  artists
    .map((artist) => artist.nameKey)
    .sort()
    .join('\u001e');

/**
 * Two releases of one name: told apart by catalogue number, else by the year their folders carry. Not by
 * the date tag: on a "best of" each song often has its own.
 */
const releaseOf = (tags: AlbumTags, folders: readonly string[]): string => {
  const number = fold(tags.catalogNumber ?? '').replace(/[\s-]/g, '');
  if (number !== '') return number;
  return FOLDER_YEAR.exec(folders.at(-1) ?? '')?.[1] ?? '';
};

const folderNamesAlbum = (folder: string, title: string): boolean =>
  fold(titleOfFolder(splitDisc(folder).title)) === fold(title);

/** A folder of one album by many, with neither flag nor album artist: named as the album, and after none of them. */
const isFolderOfMany = (
  folders: readonly string[],
  title: string,
  performers: readonly ArtistRef[],
): boolean => {
  const folder = folders.at(-1);
  if (folder === undefined || !folderNamesAlbum(folder, title)) return false;
  const around = folders.map(fold);
  return !performers.some((performer) => around.some((name) => name.includes(performer.nameKey)));
};

/** Pure: which album a file belongs to, from its own tags and place alone, so files may come in any order. */
export const albumIdentity = (
  tags: AlbumTags,
  performers: readonly ArtistRef[],
  place: FilePlace,
): AlbumIdentity => {
  const { path, disc: folderDisc } = albumFolders(place.folders);
  const split = splitDisc(cleanName(tags.title ?? ''));
  const disc = split.disc ?? folderDisc;
  const named = tags.artists.length > 0;
  const various = named
    ? tags.artists.some(isVarious)
    : tags.compilation || path.some((f) => COMPILATION_FOLDER.has(fold(f)));
  const artists = various ? [variousArtists()] : named ? tags.artists : performers.slice(0, 1);
  const common = { disc, compilation: tags.compilation || various };
  const folderKey = (): string => keyOf('folder', place.libraryId, ...path);

  const mbid = musicBrainzId(tags.musicBrainzId);
  if (mbid !== null)
    return {
      ...common,
      mergeKey: keyOf('musicbrainz', mbid),
      title: split.title || UNKNOWN_ALBUM,
      artists,
      artistsDerived: !named && !various,
    };
  if (split.title === '') {
    const folder = path.at(-1);
    return folder === undefined
      ? {
          ...common,
          mergeKey: keyOf('unknown', namesOf(artists)),
          title: UNKNOWN_ALBUM,
          artists,
          artistsDerived: false,
        }
      : {
          ...common,
          mergeKey: folderKey(),
          title: titleOfFolder(folder),
          artists,
          artistsDerived: !named && !various,
        };
  }
  const title = split.title;
  if (!named && !various && isFolderOfMany(path, title, performers))
    return { ...common, mergeKey: keyOf(folderKey(), fold(title)), title, artists, artistsDerived: true };
  return {
    ...common,
    mergeKey: keyOf('album', namesOf(artists), fold(title), releaseOf(tags, path)),
    title,
    artists,
    artistsDerived: false,
  };
};
