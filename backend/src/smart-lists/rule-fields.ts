/** SQL of a condition over a text column of some table. */
type OnText = (column: string) => string;

export type Field =
  | { readonly kind: 'text'; readonly sql: (test: OnText) => string }
  | { readonly kind: 'number' | 'time' | 'flag'; readonly sql: (user: string) => string };

const text = (sql: (test: OnText) => string): Field => ({ kind: 'text', sql });
const number = (sql: (user: string) => string): Field => ({ kind: 'number', sql });
const time = (sql: (user: string) => string): Field => ({ kind: 'time', sql });
const flag = (sql: (user: string) => string): Field => ({ kind: 'flag', sql });

const credited = (role: string): Field =>
  text(
    (test) => `EXISTS (SELECT FROM track_artists AS part JOIN artists ON artists.id = part.artist_id
      WHERE part.track_id = tracks.id AND part.role = '${role}' AND ${test('artists.name')})`,
  );

/** Of one person's opinions and plays: those of the list's owner. */
const opinion = (column: string, user: string): string => `(SELECT opinions.${column} FROM opinions
  WHERE opinions.user_id = ${user}::uuid AND opinions.track_id = tracks.id)`;
const counted = (
  column: string,
  user: string,
): string => `(SELECT own.${column} FROM listener_track_counts AS own
  WHERE own.user_id = ${user}::uuid AND own.track_id = tracks.id)`;

/** All that a rule may name. SQL is written here and nowhere else; what a request says is only ever a parameter. */
export const FIELDS = {
  title: text((test) => test('tracks.title')),
  artist: credited('performer'),
  composer: credited('composer'),
  albumArtist: text(
    (test) => `EXISTS (SELECT FROM album_artists AS part JOIN artists ON artists.id = part.artist_id
      WHERE part.album_id = tracks.album_id AND ${test('artists.name')})`,
  ),
  album: text(
    (test) => `EXISTS (SELECT FROM albums WHERE albums.id = tracks.album_id AND ${test('albums.title')})`,
  ),
  genre: text(
    (test) => `EXISTS (SELECT FROM track_genres AS part JOIN genres ON genres.id = part.genre_id
      WHERE part.track_id = tracks.id AND ${test('genres.name')})`,
  ),
  codec: text((test) => test(`coalesce(tracks.codec, '')`)),
  comment: text((test) => test(`coalesce(tracks.comment, '')`)),
  year: number(() => 'tracks.year'),
  bpm: number(() => 'tracks.bpm'),
  durationMs: number(() => 'tracks.duration_ms'),
  trackNumber: number(() => 'tracks.track_number'),
  discNumber: number(() => 'tracks.disc_number'),
  bitrateKbps: number(() => 'tracks.bitrate_kbps'),
  sampleRateHz: number(() => 'tracks.sample_rate_hz'),
  bitDepth: number(() => 'tracks.bit_depth'),
  rating: number((user) => `coalesce(${opinion('rating', user)}, 0)`),
  plays: number((user) => `coalesce(${counted('plays', user)}, 0)`),
  skips: number((user) => `coalesce(${counted('skips', user)}, 0)`),
  added: time(() => 'tracks.added_at'),
  lastPlayed: time((user) => counted('last_played_at', user)),
  likedAt: time((user) => opinion('liked_at', user)),
  lossless: flag(() => 'coalesce(tracks.lossless, false)'),
  liked: flag((user) => `(${opinion('liked_at', user)} IS NOT NULL)`),
} as const satisfies Record<string, Field>;
export type FieldName = keyof typeof FIELDS;

/** For zod, which wants to know that there is a first one. */
const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): [Name, ...Name[]] =>
  Object.keys(table) as [Name, ...Name[]];
export const FIELD_NAMES = namesOf(FIELDS);

export const OPERATORS = [
  'is',
  'isNot',
  'contains',
  'containsNot',
  'beginsWith',
  'endsWith',
  'above',
  'below',
  'between',
  'before',
  'after',
  'inLastDays',
  'notInLastDays',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** What a list may be sorted by; `seed` makes a chance that stays the same for a day. */
export const SORTS = {
  title: () => 'tracks.sort_key',
  artist: () => 'tracks.artist_sort_key',
  album: () => '(SELECT albums.sort_key FROM albums WHERE albums.id = tracks.album_id)',
  added: () => 'tracks.added_at',
  year: () => 'tracks.year',
  bpm: () => 'tracks.bpm',
  durationMs: () => 'tracks.duration_ms',
  rating: (user) => `coalesce(${opinion('rating', user)}, 0)`,
  plays: (user) => `coalesce(${counted('plays', user)}, 0)`,
  lastPlayed: (user) => counted('last_played_at', user),
  random: (_user, seed) => `md5(tracks.id::text || ${seed}::text)`,
} as const satisfies Record<string, (user: string, seed: string) => string>;
export const SORT_NAMES = namesOf(SORTS);
