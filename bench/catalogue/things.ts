import { fold, searchText, sortKey } from '../../backend/dist/catalog/names.js';
import { Random } from './random.ts';
import { Words } from './words.ts';

/** What a generated catalogue holds, thing by thing; ids say what they are: `idOf('c', 7)` is the eighth track. */

export const idOf = (kind: 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | '1' | '2' | '9', n: number): string =>
  `00000000-0000-7000-8${kind}00-${n.toString(16).padStart(12, '0')}`;

export interface Artist {
  readonly n: number;
  readonly name: string;
  readonly nameKey: string;
  readonly sortKey: string;
  readonly japanese: boolean;
  readonly fame: number;
  /** Where nearly all of theirs lies. */
  readonly library: number;
}

export interface Album {
  readonly n: number;
  readonly title: string;
  readonly sortKey: string;
  readonly artist: Artist;
  readonly compilation: boolean;
  readonly fame: number;
  readonly library: number;
  readonly year: number;
  readonly genre: number;
  readonly addedAt: Date;
}

export interface Track {
  readonly n: number;
  readonly title: string;
  readonly sortKey: string;
  readonly searchText: string;
  readonly album: Album;
  readonly artists: readonly Artist[];
  readonly composer: Artist | null;
  readonly number: number;
  readonly genre: number;
  readonly durationMs: number;
  /** How often everybody together has played it: few are played much, most hardly ever. */
  readonly plays: number;
  readonly lyrics: string | null;
}

export interface Playlist {
  readonly n: number;
  readonly title: string;
  readonly owner: number;
  readonly isShared: boolean;
}

export interface Size {
  readonly tracks: number;
  readonly seed: number;
  readonly libraries: number;
  /** The share of tracks that have lyrics. */
  readonly lyrics: number;
}

export const TRACKS_AN_ALBUM = 10;
const ARTISTS_A_TRACK = 0.06;
const PLAYLISTS_A_TRACK = 0.02;
export const OWNERS = 50;
const JAPANESE = 0.2;
export const GENRES = 300;
const MOST_PLAYS = 1_000_000;
const ADDED_FROM = Date.UTC(2020, 0, 1);
const ADDED_FOR_MS = 5 * 365 * 24 * 3600 * 1000;

export class Things {
  readonly artists: readonly Artist[];
  readonly albums: readonly Album[];
  private readonly size: Size;
  private readonly random: Random;
  private readonly words: Words;

  constructor(size: Size) {
    this.size = size;
    this.random = new Random(size.seed);
    this.words = new Words(this.random);
    this.artists = this.makeArtists(Math.max(1, Math.round(size.tracks * ARTISTS_A_TRACK)));
    this.albums = this.makeAlbums(Math.max(1, Math.ceil(size.tracks / TRACKS_AN_ALBUM)));
  }

  /** Every track, once, in the order of their numbers. */
  *tracks(): Generator<Track> {
    for (let n = 0; n < this.size.tracks; n += 1) yield this.track(n);
  }

  /** Titles alone: what stands in them is nobody's business here. */
  playlists(): Playlist[] {
    const { random, words } = this;
    return Array.from({ length: Math.round(this.size.tracks * PLAYLISTS_A_TRACK) }, (_, n) => ({
      n,
      title: words.name(random.chance(JAPANESE), random.pick([1, 2, 3])),
      owner: random.below(OWNERS),
      isShared: random.chance(0.7),
    }));
  }

  private makeArtists(count: number): Artist[] {
    const { random, words } = this;
    const taken = new Set<string>();
    return Array.from({ length: count }, (_, n) => {
      const japanese = random.chance(JAPANESE);
      let name = words.name(japanese, random.pick([1, 2, 2]));
      // Two artists of one name are one artist.
      while (taken.has(fold(name))) name = `${name} ${words.name(japanese, 1)}`;
      taken.add(fold(name));
      const fame = random.next() ** 6;
      return {
        n,
        name,
        nameKey: fold(name),
        sortKey: sortKey(name),
        japanese,
        fame,
        library: this.library(),
      };
    });
  }

  private makeAlbums(count: number): Album[] {
    const { random, words } = this;
    return Array.from({ length: count }, (_, n) => {
      const artist = this.someArtist();
      const title = words.name(artist.japanese, random.pick([1, 2, 2, 3]));
      return {
        n,
        title,
        sortKey: sortKey(title),
        artist,
        compilation: random.chance(0.03),
        fame: artist.fame * 0.3 + random.next() ** 8 * 0.7,
        library: random.chance(0.9) ? artist.library : this.library(),
        year: 1950 + Math.floor(75 * random.next() ** 0.5),
        genre: Math.floor(GENRES * random.next() ** 3),
        addedAt: new Date(ADDED_FROM + Math.floor(random.next() * ADDED_FOR_MS)),
      };
    });
  }

  private track(n: number): Track {
    const { random, words } = this;
    const album = this.albums[Math.floor(n / TRACKS_AN_ALBUM)];
    if (album === undefined) throw new Error(`track ${n} has no album`);
    const artist = album.compilation ? this.someArtist() : album.artist;
    const guest = random.chance(0.08) ? this.someArtist() : artist;
    const title = words.name(artist.japanese, random.pick([1, 2, 3, 4]));
    const artists = guest === artist ? [artist] : [artist, guest];
    return {
      n,
      title,
      sortKey: sortKey(title),
      searchText: searchText(title, nameOf(artists), album.title, album.artist.name),
      album,
      artists,
      composer: random.chance(0.1) ? this.someArtist() : null,
      number: 1 + (n % TRACKS_AN_ALBUM),
      genre: random.chance(0.9) ? album.genre : Math.floor(GENRES * random.next() ** 3),
      durationMs: 120_000 + random.below(240_000),
      plays: Math.floor(MOST_PLAYS * album.fame * random.next() ** 2),
      lyrics: random.chance(this.size.lyrics) ? words.verse(artist.japanese, 12) : null,
    };
  }

  /** A few have made a great deal. */
  private someArtist(): Artist {
    const artist = this.artists[Math.floor(this.random.next() ** 2 * this.artists.length)];
    return artist ?? this.random.pick(this.artists);
  }

  /** Each library is about three quarters as large as the one before it. */
  private library(): number {
    const at = Math.floor(Math.log(1 - this.random.next() * 0.98) / Math.log(0.72));
    return Math.min(this.size.libraries - 1, at);
  }
}

export const nameOf = (artists: readonly Artist[]): string => artists.map(({ name }) => name).join(', ');
