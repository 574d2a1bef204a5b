/** The libraries that somebody sees; null: all of them, and then no query has to look. */
export type Visible = readonly string[] | null;

/** Adds a value to a query, and says how SQL names it. */
type Add = (value: unknown) => string;

/** SQL conditions for queries over tracks, albums, artists and genres: what lies in a library that is seen. */
export interface Seen {
  readonly track: string;
  readonly album: string;
  readonly artist: string;
  /** Of an artist: has part in something, in whatever role. */
  readonly credited: string;
  readonly genre: string;
  /** How many tracks of an album or a genre somebody can hear, and for how long; of an artist also the albums. */
  readonly albumTracks: string;
  readonly albumDuration: string;
  readonly artistTracks: string;
  readonly artistAlbums: string;
  readonly genreTracks: string;
}

const ALL: Seen = {
  track: 'true',
  album: 'true',
  artist: 'true',
  credited: 'true',
  genre: 'true',
  albumTracks: 'albums.track_count',
  albumDuration: 'albums.duration_ms',
  artistTracks: 'artists.track_count',
  artistAlbums: 'artists.album_count',
  genreTracks: 'genres.track_count',
};

/** Pure. Somebody who sees everything reads the counts that are kept; for everybody else they are counted. */
export const seenBy = (visible: Visible, add: Add): Seen => {
  if (visible === null) return ALL;
  const libraries = add(visible);
  const heard = `FROM tracks AS heard JOIN files AS place ON place.id = heard.file_id
    AND place.library_id = ANY(${libraries}::uuid[]) AND heard.available`;
  const ofAlbum = `${heard} WHERE heard.album_id = albums.id`;
  const ofArtist = `${heard} JOIN track_artists AS part ON part.track_id = heard.id AND part.role = 'performer'
    WHERE part.artist_id = artists.id`;
  const ofOwnAlbums = `${heard} JOIN album_artists AS own ON own.album_id = heard.album_id
    WHERE own.artist_id = artists.id`;
  const ofGenre = `${heard} JOIN track_genres AS kind ON kind.track_id = heard.id WHERE kind.genre_id = genres.id`;
  return {
    track: `EXISTS (SELECT FROM files AS place WHERE place.id = tracks.file_id
      AND place.library_id = ANY(${libraries}::uuid[]))`,
    album: `EXISTS (SELECT ${ofAlbum})`,
    artist: `(EXISTS (SELECT ${ofArtist}) OR EXISTS (SELECT ${ofOwnAlbums}))`,
    credited: `EXISTS (SELECT ${heard} JOIN track_artists AS part ON part.track_id = heard.id
      WHERE part.artist_id = artists.id)`,
    genre: `EXISTS (SELECT ${ofGenre})`,
    albumTracks: `(SELECT count(*)::int ${ofAlbum})`,
    albumDuration: `(SELECT coalesce(sum(heard.duration_ms), 0) ${ofAlbum})`,
    artistTracks: `(SELECT count(DISTINCT heard.id)::int ${ofArtist})`,
    artistAlbums: `(SELECT count(DISTINCT heard.album_id)::int ${ofOwnAlbums})`,
    genreTracks: `(SELECT count(*)::int ${ofGenre})`,
  };
};
