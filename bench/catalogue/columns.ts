import type { BulkColumn } from '../../backend/dist/catalog/bulk-rows.js';
import { searchText, sortKey } from '../../backend/dist/catalog/names.js';
import {
  GENRES,
  idOf,
  nameOf,
  TRACKS_AN_ALBUM,
  type Album,
  type Artist,
  type Playlist,
  type Track,
} from './things.ts';

/** How the things of a generated catalogue stand in the tables of the real schema. */

type Columns<Row> = readonly BulkColumn<Row>[];
const column = <Row>(name: string, type: string, of: (row: Row) => unknown): BulkColumn<Row> => ({
  name,
  type,
  of,
});

export const LIBRARIES: Columns<number> = [
  column('id', 'uuid', (n) => idOf('1', n)),
  column('name', 'text', (n) => `Library ${n + 1}`),
  column('root', 'bytea', (n) => Buffer.from(`/nowhere/${n}`)),
  column('display_root', 'text', (n) => `/nowhere/${n}`),
];

export const GENRE_COLUMNS: Columns<number> = [
  column('id', 'uuid', (n) => idOf('e', n)),
  column('name', 'text', (n) => `Genre ${n + 1}`),
  column('name_key', 'text', (n) => `genre ${n + 1}`),
  column('sort_key', 'text', (n) => `genre ${String(n + 1).padStart(10, '0')}`),
];
export const GENRE_NUMBERS: readonly number[] = Array.from({ length: GENRES }, (_, n) => n);

export const ARTISTS: Columns<Artist> = [
  column('id', 'uuid', ({ n }) => idOf('a', n)),
  column('name', 'text', ({ name }) => name),
  column('name_key', 'text', ({ nameKey }) => nameKey),
  column('sort_name', 'text', ({ name }) => name),
  column('sort_key', 'text', (artist) => artist.sortKey),
  column('search_text', 'text', ({ name }) => searchText(name)),
];

/** A folder is an album. */
export const FOLDERS: Columns<Album> = [
  column('id', 'uuid', ({ n }) => idOf('d', n)),
  column('library_id', 'uuid', ({ library }) => idOf('1', library)),
  column('path', 'bytea', ({ n }) => Buffer.from(`artist/album ${n}`)),
  column('fingerprint', 'bytea', ({ n }) => Buffer.from(`album ${n}`)),
];

export const ALBUMS: Columns<Album> = [
  column('id', 'uuid', ({ n }) => idOf('b', n)),
  column('merge_key', 'text', ({ n }) => `generated ${n}`),
  column('title', 'text', ({ title }) => title),
  column('sort_key', 'text', (album) => album.sortKey),
  column('artist_sort_key', 'text', ({ artist }) => artist.sortKey),
  column('artist_text', 'text', ({ artist }) => artist.name),
  column('compilation', 'boolean', ({ compilation }) => compilation),
  column('year', 'int', ({ year }) => year),
  column('search_text', 'text', ({ title, artist }) => searchText(title, artist.name)),
  column('added_at', 'timestamptz', ({ addedAt }) => addedAt),
];

export const ALBUM_ARTISTS: Columns<Album> = [
  column('album_id', 'uuid', ({ n }) => idOf('b', n)),
  column('position', 'smallint', () => 0),
  column('artist_id', 'uuid', ({ artist }) => idOf('a', artist.n)),
];

export const FILES: Columns<Track> = [
  column('id', 'uuid', ({ n }) => idOf('f', n)),
  column('library_id', 'uuid', ({ album }) => idOf('1', album.library)),
  column('folder_id', 'uuid', ({ album }) => idOf('d', album.n)),
  column('path', 'bytea', ({ n, album }) => Buffer.from(`artist/album ${album.n}/${n}.flac`)),
  column('display_path', 'text', ({ n, album }) => `artist/album ${album.n}/${n}.flac`),
  column('size_bytes', 'bigint', ({ n }) => 30_000_000 + n),
  column('mtime_ns', 'bigint', ({ n }) => String(1_700_000_000_000_000_000n + BigInt(n))),
  column('inode', 'bigint', ({ n }) => n + 1),
  column('state', 'text', () => 'ready'),
  column('audio_hash', 'bytea', ({ n }) => Buffer.from(idOf('f', n))),
  column('audio_bytes', 'bigint', ({ n }) => 29_000_000 + n),
  column('tags_version', 'smallint', () => 1),
  column('facts_version', 'smallint', () => 1),
  column('added_at', 'timestamptz', ({ album }) => album.addedAt),
];

export const TRACKS: Columns<Track> = [
  column('id', 'uuid', ({ n }) => idOf('c', n)),
  column('file_id', 'uuid', ({ n }) => idOf('f', n)),
  column('library_id', 'uuid', ({ album }) => idOf('1', album.library)),
  column('album_id', 'uuid', ({ album }) => idOf('b', album.n)),
  column('title', 'text', ({ title }) => title),
  column('sort_key', 'text', (track) => track.sortKey),
  column('artist_text', 'text', ({ artists }) => nameOf(artists)),
  column('artist_sort_key', 'text', ({ artists }) => artists[0]?.sortKey),
  column('track_number', 'int', ({ number }) => number),
  column('track_total', 'int', () => TRACKS_AN_ALBUM),
  column('disc_number', 'int', () => 1),
  column('year', 'int', ({ album }) => album.year),
  column('codec', 'text', () => 'flac'),
  column('lossless', 'boolean', () => true),
  column('duration_ms', 'bigint', ({ durationMs }) => durationMs),
  column('sample_count', 'bigint', ({ durationMs }) => Math.round(durationMs * 44.1)),
  column('sample_rate_hz', 'int', () => 44_100),
  column('search_text', 'text', (track) => track.searchText),
  column('added_at', 'timestamptz', ({ album, number }) => new Date(album.addedAt.getTime() + number)),
];

export interface Credit {
  readonly track: Track;
  readonly role: 'performer' | 'composer';
  readonly position: number;
  readonly artist: Artist;
}

export const creditsOf = (track: Track): readonly Credit[] => [
  ...track.artists.map((artist, position) => ({ track, role: 'performer' as const, position, artist })),
  ...(track.composer === null
    ? []
    : [{ track, role: 'composer' as const, position: 0, artist: track.composer }]),
];

export const TRACK_ARTISTS: Columns<Credit> = [
  column('track_id', 'uuid', ({ track }) => idOf('c', track.n)),
  column('role', 'text', ({ role }) => role),
  column('position', 'smallint', ({ position }) => position),
  column('artist_id', 'uuid', ({ artist }) => idOf('a', artist.n)),
];

export const TRACK_GENRES: Columns<Track> = [
  column('track_id', 'uuid', ({ n }) => idOf('c', n)),
  column('genre_id', 'uuid', ({ genre }) => idOf('e', genre)),
  column('position', 'smallint', () => 0),
];

export const LYRICS: Columns<Track> = [
  column('track_id', 'uuid', ({ n }) => idOf('c', n)),
  column('position', 'smallint', () => 0),
  column('synced', 'boolean', () => false),
  column('text', 'text', ({ lyrics }) => lyrics),
];

export const TRACK_COUNTS: Columns<Track> = [
  column('track_id', 'uuid', ({ n }) => idOf('c', n)),
  column('plays', 'int', ({ plays }) => plays),
  column('listeners', 'int', ({ plays }) => Math.ceil(plays / 20)),
  column('skips', 'int', ({ plays }) => Math.floor(plays / 10)),
];

export const OWNERS: Columns<number> = [
  column('id', 'uuid', (n) => idOf('9', n)),
  column('username', 'text', (n) => `listener ${n}`),
  column('role', 'text', () => 'listener'),
];

export const PLAYLISTS: Columns<Playlist> = [
  column('id', 'uuid', ({ n }) => idOf('2', n)),
  column('owner_id', 'uuid', ({ owner }) => idOf('9', owner)),
  column('title', 'text', ({ title }) => title),
  column('visibility', 'text', ({ isShared }) => (isShared ? 'shared' : 'private')),
  column('sort_key', 'text', ({ title }) => sortKey(title)),
  column('search_text', 'text', ({ title }) => searchText(title)),
];
