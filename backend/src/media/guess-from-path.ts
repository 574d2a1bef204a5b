export interface PathGuess {
  readonly title: string;
  readonly artist: string | null;
  readonly album: string | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
}

/**
 * Pure: what the names of a file and its folders say, for fields that no tag has. `path` is relative to the library's
 * root, with slashes: `Artist - Album/1-03 Title.flac`, `Artist/Album/CD 2/03 - Title.flac`, `Artist - Title.mp3`.
 */
export function guessFromPath(path: string): PathGuess {
  const parts = path.split('/').filter((part) => part !== '');
  const file = readFileName((parts.pop() ?? '').replace(/\.[A-Za-z0-9]{1,5}$/, ''));
  const disc = DISC_FOLDER.exec(parts.at(-1) ?? '');
  if (disc !== null) parts.pop();
  const folder = readFolders(parts.slice(-2));
  const [first, ...rest] = file.name.split(' - ');
  // "Artist - Title" only when no folder names the artist, or it is that same artist.
  const namesArtist =
    rest.length > 0 && first !== undefined && (folder.artist === null || same(first, folder.artist));
  return {
    title: namesArtist ? rest.join(' - ').trim() : file.name,
    artist: namesArtist ? first.trim() : folder.artist,
    album: folder.album,
    trackNumber: file.track,
    discNumber: file.disc ?? (disc?.[1] === undefined ? null : Number(disc[1])),
  };
}

const DISC_FOLDER = /^(?:cd|disc|disk)[ ._-]*0*(\d{1,2})\b/i;
/** `1-03 Title`, `1.03 Title`: a disc and a track of two digits. */
const DISC_AND_TRACK = /^([1-9]\d?)[-.](\d{2,3})(?:[ ._-]+)(?=\S)/;
/** `03 - Title`, `03. Title`, `03_Title`, `A3 Title` is none; `1999` and `50 Cent` are none either. */
const TRACK = /^(\d{2,3}|\d(?=[ ]*[.)-]))(?:[ ]*[-._)][ ]*|[ ]+)(?=\S)/;
const MAX_TRACK = 199;

interface FileName {
  readonly name: string;
  readonly track: number | null;
  readonly disc: number | null;
}

function readFileName(stem: string): FileName {
  const text = unUnderscore(stem).trim();
  const both = DISC_AND_TRACK.exec(text);
  if (both !== null)
    return { name: text.slice(both[0].length), disc: Number(both[1]), track: Number(both[2]) };
  const track = TRACK.exec(text);
  if (track === null || Number(track[1]) > MAX_TRACK) return { name: text, track: null, disc: null };
  // "50 Cent - In da Club" begins with a number that belongs to a name: a track number is padded or set off.
  const isPlainNumber = /^[1-9]\d+ $/.test(track[0]) && text.includes(' - ');
  if (isPlainNumber) return { name: text, track: null, disc: null };
  return { name: text.slice(track[0].length), track: Number(track[1]), disc: null };
}

function readFolders(folders: readonly string[]): {
  readonly artist: string | null;
  readonly album: string | null;
} {
  const [parent, own] = folders.length === 2 ? folders : [undefined, folders[0]];
  if (own === undefined) return { artist: null, album: null };
  const name = withoutYear(unUnderscore(own));
  const dash = name.indexOf(' - ');
  if (dash > 0) return { artist: name.slice(0, dash).trim(), album: withoutYear(name.slice(dash + 3)) };
  return parent === undefined
    ? { artist: null, album: name }
    : { artist: unUnderscore(parent).trim(), album: name };
}

/** `1997 - Title`, `(1997) Title`, `[1997] Title` and `Title (1997)`. */
const withoutYear = (name: string): string =>
  name
    .replace(/^(?:[([](?:19|20)\d\d[)\]][ -]*|(?:19|20)\d\d - )(?=\S)/, '')
    .replace(/(?<=\S) *[([](?:19|20)\d\d[)\]]$/, '')
    .trim();

/** Names from old downloads have underscores for spaces; one that has spaces means its underscores. */
const unUnderscore = (name: string): string => (name.includes(' ') ? name : name.replaceAll('_', ' '));
const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
