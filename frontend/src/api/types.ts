/** The API as its OpenAPI file describes it, in the form that openapi-typescript writes. */

export type Role = 'guest' | 'listener' | 'curator' | 'admin';

interface Ref {
  readonly id: string;
  readonly name: string;
}

interface ArtistCredit extends Ref {
  readonly role:
    | 'performer'
    | 'albumArtist'
    | 'composer'
    | 'conductor'
    | 'lyricist'
    | 'remixer'
    | 'producer'
    | 'arranger'
    | 'engineer'
    | 'mixer'
    | 'djMixer'
    | 'writer';
}

interface Artwork {
  readonly id: string;
  readonly color: string;
  readonly placeholder: string;
  readonly width: number;
  readonly height: number;
}

interface Master {
  readonly codec: string;
  readonly sampleRateHz: number;
  readonly bitDepth: number | null;
  readonly channels: number;
  readonly bitrateKbps: number | null;
  readonly lossless: boolean;
}

interface TrackSummary {
  readonly id: string;
  readonly title: string;
  readonly durationMs: number | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
  readonly album: { readonly id: string; readonly title: string };
  readonly artists: ArtistCredit[];
  readonly year: number | null;
  readonly artwork: Artwork | null;
  readonly master: Master | null;
  readonly state: 'pending' | 'ready';
  readonly addedAt: string;
}

interface Rendition {
  readonly codec: 'aac' | 'opus' | 'flac';
  readonly bitrateKbps: number;
  readonly state: 'absent' | 'queued' | 'encoding' | 'ready' | 'failed' | 'evicted';
}

interface TrackDetail extends TrackSummary {
  readonly genres: Ref[];
  readonly isrc: string | null;
  readonly musicBrainzId: string | null;
  readonly loudness: { readonly integratedLufs: number; readonly truePeakDbtp: number } | null;
  readonly peaks: string | null;
  readonly lyrics: {
    readonly language: string | null;
    readonly synced: boolean;
    readonly text: string;
  }[];
  readonly renditions: Rendition[];
  readonly credits: ArtistCredit[];
  readonly comment: string | null;
  readonly bpm: number | null;
  readonly discTotal: number | null;
  readonly trackTotal: number | null;
}

interface AlbumSummary {
  readonly id: string;
  readonly title: string;
  readonly artists: ArtistCredit[];
  readonly year: number | null;
  readonly artwork: Artwork | null;
  readonly trackCount: number;
  readonly durationMs: number;
  readonly compilation: boolean;
  readonly releaseType: string | null;
  readonly addedAt: string;
}

interface AlbumDetail extends AlbumSummary {
  readonly releaseDate: string | null;
  readonly originalDate: string | null;
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly discTotal: number | null;
  readonly musicBrainzId: string | null;
  readonly discs: {
    readonly number: number;
    readonly title: string | null;
    readonly tracks: TrackSummary[];
  }[];
}

interface ArtistSummary extends Ref {
  readonly sortName: string;
  readonly albumCount: number;
  readonly trackCount: number;
  readonly artwork: Artwork | null;
}

interface ArtistDetail extends ArtistSummary {
  readonly musicBrainzId: string | null;
  readonly albums: AlbumSummary[];
  readonly appearsOn: AlbumSummary[];
  readonly topTracks: TrackSummary[];
}

interface Genre extends Ref {
  readonly trackCount: number;
}

interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

interface SearchAnswer {
  readonly top:
    | { readonly type: 'track'; readonly item: TrackSummary }
    | { readonly type: 'album'; readonly item: AlbumSummary }
    | { readonly type: 'artist'; readonly item: ArtistSummary }
    | null;
  readonly tracks: TrackSummary[];
  readonly albums: AlbumSummary[];
  readonly artists: ArtistSummary[];
  readonly playlists: never[];
}

interface LibraryStatus {
  readonly scanning: boolean;
  readonly files: {
    readonly found: number;
    readonly ready: number;
    readonly pending: number;
    readonly rejected: number;
    readonly missing: number;
  };
  readonly rejections: {
    readonly path: string;
    readonly code: string;
    readonly reason: string;
  }[];
  readonly libraries: {
    readonly id: string;
    readonly name: string;
    readonly path: string;
    readonly held: { readonly code: string; readonly reason: string } | null;
    readonly lastScannedAt: string | null;
  }[];
  readonly work: { readonly analysing: number; readonly encoding: number };
}

interface Health {
  readonly status: 'ok' | 'degraded';
  readonly version: string;
  readonly problems: { readonly code: string; readonly message: string }[];
}

interface User {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface PlaybackGrant {
  readonly dash: string;
  readonly hls: { readonly aac: string; readonly opus: string; readonly flac: string };
  readonly original: string;
  readonly expiresAt: string;
  readonly durationMs: number;
  readonly gainDb: number;
}

interface Paging {
  limit?: number;
  cursor?: string;
}

interface Json<T> {
  content: { 'application/json': T };
}
interface Empty {
  content?: never;
}
interface Parameters<Query, Path> {
  query?: Query;
  path: Path;
  header?: never;
  cookie?: never;
}
type NoPath = undefined;
interface Read<T, Query = never, Path = NoPath> {
  get: {
    parameters: Path extends undefined ? { query?: Query } : Parameters<Query, Path>;
    responses: { 200: Json<T> };
  };
}
interface Send<Body, Status extends number, Answer> {
  post: {
    parameters: { query?: never };
    requestBody: Json<Body>;
    responses: Record<Status, Answer>;
  };
}

export interface paths {
  '/api/health': Read<Health>;
  '/api/setup': Read<{ readonly needed: boolean }> & Send<Credentials, 201, Json<unknown>>;
  '/api/session': Send<Credentials, 200, Json<{ readonly user: User }>> & {
    delete: { parameters: { query?: never }; responses: { 204: Empty } };
  };
  '/api/me': Read<User>;
  '/api/tracks': Read<
    Page<TrackSummary>,
    Paging & {
      sort?: 'title' | 'artist' | 'added';
      albumId?: string;
      artistId?: string;
      genreId?: string;
    }
  >;
  '/api/tracks/{id}': Read<TrackDetail, never, { id: string }>;
  '/api/tracks/{id}/playback': Read<PlaybackGrant, never, { id: string }>;
  '/api/albums': Read<
    Page<AlbumSummary>,
    Paging & { sort?: 'title' | 'artist' | 'added' | 'year'; artistId?: string; genreId?: string }
  >;
  '/api/albums/{id}': Read<AlbumDetail, never, { id: string }>;
  '/api/artists': Read<Page<ArtistSummary>, Paging & { sort?: 'name' }>;
  '/api/artists/{id}': Read<ArtistDetail, never, { id: string }>;
  '/api/genres': Read<Page<Genre>, Paging & { sort?: 'name' }>;
  '/api/search': Read<SearchAnswer, { q: string; limit?: number }>;
  '/api/library/status': Read<LibraryStatus>;
  '/api/library/scan': {
    post: { parameters: { query?: never }; responses: { 202: Json<unknown> } };
  };
  '/api/library/confirm': Send<{ readonly libraryId: string }, 202, Json<unknown>>;
}
