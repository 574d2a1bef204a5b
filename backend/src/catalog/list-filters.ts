import type { Visible } from '../libraries/seen.js';
import type { AlbumList, ArtistList, TrackList } from './catalog.dto.js';
import type { ListFilter } from './list-order.js';

/** A list as it is asked for, and by whom: nobody likes anything. */
export type Asked<Query> = Query & { readonly userId?: string };
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Pure: what is seen of one library alone. */
export const within = (visible: Visible, libraryId: string | undefined): Visible => {
  if (libraryId === undefined) return visible;
  return visible === null || visible.includes(libraryId) ? [libraryId] : [];
};

const likedBy = <Query extends { readonly liked?: string | undefined }>(
  kind: 'track' | 'album' | 'artist',
): ListFilter<Asked<Query>> => ({
  of: ({ liked, userId }) => (liked === undefined ? undefined : (userId ?? NOBODY)),
  sql: (p) =>
    `EXISTS (SELECT FROM opinions WHERE user_id = ${p}::uuid AND ${kind}_id = ${kind}s.id AND liked_at IS NOT NULL)`,
});

const onAlbum = (condition: string): string =>
  `EXISTS (SELECT FROM tracks JOIN ${condition} AND tracks.album_id = albums.id AND tracks.available)`;

export const TRACK_FILTERS: readonly ListFilter<Asked<TrackList>>[] = [
  { of: ({ albumId }) => albumId, sql: (p) => `tracks.album_id = ${p}::uuid` },
  {
    of: ({ artistId }) => artistId,
    sql: (p, { role = 'performer' }, add) =>
      `EXISTS (SELECT FROM track_artists WHERE track_id = tracks.id AND artist_id = ${p}::uuid AND role = ${add(role)})`,
  },
  {
    of: ({ genreId }) => genreId,
    sql: (p) => `EXISTS (SELECT FROM track_genres WHERE track_id = tracks.id AND genre_id = ${p}::uuid)`,
  },
  { of: ({ yearFrom }) => yearFrom, sql: (p) => `coalesce(tracks.year, 0) >= ${p}::int` },
  {
    of: ({ yearTo }) => yearTo,
    sql: (p) => `coalesce(tracks.year, 0) BETWEEN 1 AND ${p}::int`,
  },
  {
    of: ({ releaseType }) => releaseType,
    sql: (p) =>
      `EXISTS (SELECT FROM albums WHERE albums.id = tracks.album_id AND ${p}::text = ANY(release_types))`,
  },
  likedBy('track'),
];

export const ALBUM_FILTERS: readonly ListFilter<Asked<AlbumList>>[] = [
  {
    of: ({ artistId, role }) => (role === undefined ? artistId : undefined),
    sql: (p) => `EXISTS (SELECT FROM album_artists WHERE album_id = albums.id AND artist_id = ${p}::uuid)`,
  },
  {
    of: ({ role }) => role,
    sql: (p, { artistId }, add) =>
      onAlbum(`track_artists ON track_id = tracks.id AND role = ${p} AND artist_id = ${add(artistId)}::uuid`),
  },
  {
    of: ({ genreId }) => genreId,
    sql: (p) => onAlbum(`track_genres ON track_id = tracks.id AND genre_id = ${p}::uuid`),
  },
  { of: ({ yearFrom }) => yearFrom, sql: (p) => `coalesce(albums.year, 0) >= ${p}::int` },
  { of: ({ yearTo }) => yearTo, sql: (p) => `coalesce(albums.year, 0) BETWEEN 1 AND ${p}::int` },
  { of: ({ releaseType }) => releaseType, sql: (p) => `albums.release_types @> ARRAY[${p}::text]` },
  likedBy('album'),
];

export const ARTIST_FILTERS: readonly ListFilter<Asked<ArtistList>>[] = [
  {
    of: ({ genreId }) => genreId,
    sql: (p) => `EXISTS (SELECT FROM track_artists JOIN tracks ON tracks.id = track_id AND available
      JOIN track_genres ON track_genres.track_id = tracks.id
      WHERE artist_id = artists.id AND role = 'performer' AND genre_id = ${p}::uuid)`,
  },
  likedBy('artist'),
];
