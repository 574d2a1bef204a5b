/** The libraries that somebody sees; null: all of them, and then no query has to look. */
export type Visible = readonly string[] | null;

/** Pure: what two people both see. */
export const seenByBoth = (one: Visible, other: Visible): Visible =>
  one === null || other === null ? (one ?? other) : one.filter((id) => other.includes(id));

/** Adds a value to a query, and says how SQL names it. */
type Add = (value: unknown) => string;

/** SQL for queries over tracks, albums, artists and genres: what lies in a library that is seen. */
export interface Seen {
  /** For FROM: the libraries themselves, as `library (id)`. */
  readonly libraries: string;
  /** Conditions. */
  readonly track: string;
  readonly album: string;
  readonly artist: string;
  /** Of an artist: has part in something, in whatever role, or made an album. */
  readonly credited: string;
  readonly genre: string;
  /** How many tracks of an album or a genre somebody can hear, and for how long; of an artist also the albums. */
  readonly albumTracks: string;
  readonly albumDuration: string;
  readonly artistTracks: string;
  readonly artistAlbums: string;
  /** Of an artist: whether they have one part in something, named by a parameter, and in how many tracks. */
  readonly artistPart: (role: string) => { readonly listed: string; readonly tracks: string };
  readonly genreTracks: string;
}

const partOf =
  (ofArtist: string): Seen['artistPart'] =>
  (role) => ({
    listed: `EXISTS (SELECT ${ofArtist} AND held.role = ${role})`,
    tracks: `(SELECT coalesce(sum(held.count), 0)::int ${ofArtist} AND held.role = ${role})`,
  });

const ALL: Seen = {
  libraries: '(SELECT id FROM libraries) AS library (id)',
  track: 'true',
  album: 'true',
  artist: 'true',
  credited: 'true',
  genre: 'true',
  albumTracks: 'albums.track_count',
  albumDuration: 'albums.duration_ms',
  artistTracks: 'artists.track_count',
  artistAlbums: 'artists.album_count',
  artistPart: partOf('FROM library_artists AS held WHERE held.artist_id = artists.id'),
  genreTracks: 'genres.track_count',
};

/** Pure. Somebody who sees everything reads the counts of all; everybody else those of their libraries. */
export const seenBy = (visible: Visible, add: Add): Seen => {
  if (visible === null) return ALL;
  const libraries = `${add(visible)}::uuid[]`;
  const ofAlbum = `FROM library_albums AS held WHERE held.album_id = albums.id AND held.library_id = ANY(${libraries})`;
  const ofArtist = `FROM library_artists AS held WHERE held.artist_id = artists.id AND held.library_id = ANY(${libraries})`;
  const ofGenre = `FROM library_genres AS held WHERE held.genre_id = genres.id AND held.library_id = ANY(${libraries})`;
  return {
    libraries: `unnest(${libraries}) AS library (id)`,
    track: `tracks.library_id = ANY(${libraries})`,
    album: `EXISTS (SELECT ${ofAlbum})`,
    artist: `EXISTS (SELECT ${ofArtist} AND held.role IN ('performer', 'albumArtist'))`,
    credited: `EXISTS (SELECT ${ofArtist})`,
    genre: `EXISTS (SELECT ${ofGenre})`,
    albumTracks: `(SELECT sum(held.track_count)::int ${ofAlbum})`,
    albumDuration: `(SELECT sum(held.duration_ms) ${ofAlbum})`,
    artistTracks: partOf(ofArtist)(`'performer'`).tracks,
    // Not a sum: an album can lie in two libraries.
    artistAlbums: `(SELECT count(DISTINCT own.album_id)::int FROM album_artists AS own
      JOIN library_albums AS held ON held.album_id = own.album_id AND held.library_id = ANY(${libraries})
      WHERE own.artist_id = artists.id)`,
    artistPart: partOf(ofArtist),
    genreTracks: `(SELECT sum(held.track_count)::int ${ofGenre})`,
  };
};
