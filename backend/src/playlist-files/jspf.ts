import {
  milliseconds,
  pathOf,
  pathOfUri,
  recordingAddress,
  recordingOf,
  refusal,
  requireFew,
  tidied,
  uriOf,
  type ListedPlaylist,
  type ListedTrack,
} from './playlist-file.js';

/** Pure. */
export const writeJspf = ({ title, tracks }: ListedPlaylist): string => {
  const track = tracks.map((each) => ({
    ...(each.path === null ? {} : { location: [uriOf(each.path)] }),
    ...(each.recordingId === null ? {} : { identifier: [recordingAddress(each.recordingId)] }),
    title: tidied(each.title) ?? undefined,
    creator: tidied(each.artist) ?? undefined,
    album: tidied(each.album) ?? undefined,
    duration: each.durationMs === null ? undefined : Math.round(each.durationMs),
  }));
  return `${JSON.stringify({ playlist: { title: tidied(title) ?? undefined, track } }, null, 1)}\n`;
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const field = (of: Fields, name: string): unknown => (Object.hasOwn(of, name) ? of[name] : undefined);

const textOf = (of: Fields, name: string): string | null => {
  const value = field(of, name);
  return typeof value === 'string' ? tidied(value) : null;
};

/** Addresses come alone or as a list; the first good one counts. */
const firstOf = (of: Fields, name: string, read: (text: string) => string | null): string | null => {
  const value = field(of, name);
  for (const each of Array.isArray(value) ? value.slice(0, 10) : [value]) {
    const found = typeof each === 'string' ? read(each.trim()) : null;
    if (found !== null) return found;
  }
  return null;
};

/** Never of an object, which may say of itself how it is to be turned into a number. */
const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;

const trackOf = (entry: unknown): ListedTrack => {
  const of = isFields(entry) ? entry : {};
  return {
    path: firstOf(of, 'location', (uri) => pathOf(pathOfUri(uri))),
    title: textOf(of, 'title'),
    artist: textOf(of, 'creator'),
    album: textOf(of, 'album'),
    durationMs: milliseconds(numberOf(field(of, 'duration'))),
    recordingId: firstOf(of, 'identifier', recordingOf),
  };
};

const parsed = (content: string): unknown => {
  try {
    return JSON.parse(content.replace(/^\ufeff/, ''));
  } catch (error) {
    throw refusal('is not JSON', { cause: error });
  }
};

/** Pure. @throws DomainError INVALID_BODY */
export const readJspf = (content: string): ListedPlaylist => {
  const document = parsed(content);
  const playlist = isFields(document) ? field(document, 'playlist') : undefined;
  if (!isFields(playlist)) throw refusal('is not JSPF: there is no playlist in it');
  const track = field(playlist, 'track') ?? [];
  if (!Array.isArray(track)) throw refusal('is not JSPF: its tracks are no list');
  requireFew(track.length);
  return { title: textOf(playlist, 'title'), tracks: track.map(trackOf) };
};
