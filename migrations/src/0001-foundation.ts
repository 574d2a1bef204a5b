import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. Names are folded once, at ingest, into `*_key` columns (see backend/src/catalog/names.ts);
 * sort keys order bytewise (COLLATE "C"), so a keyset page costs the same at any depth.
 */
export class Foundation1780000000001 implements MigrationInterface {
  readonly name = 'Foundation1780000000001';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await q.query(`CREATE EXTENSION IF NOT EXISTS unaccent`);
    await q.query(`CREATE EXTENSION IF NOT EXISTS citext`);
    for (const statement of [...ACCOUNTS, ...LIBRARIES, ...CATALOG, ...MEDIA]) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE renditions, lyrics, track_genres, genres, track_artists, album_artists, tracks, albums, artists,
        artworks, files, folders, libraries, sessions, users CASCADE`);
  }
}

const ACCOUNTS = [
  `CREATE TABLE users (
    id uuid PRIMARY KEY,
    username citext NOT NULL UNIQUE CHECK (length(username) BETWEEN 1 AND 64),
    password_hash text,
    role text NOT NULL CHECK (role IN ('guest', 'listener', 'curator', 'admin')),
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    user_agent text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX sessions_user ON sessions (user_id)`,
];

const LIBRARIES = [
  // A path is bytes: a file name need not be valid UTF-8. display_path is what people read.
  `CREATE TABLE libraries (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    root bytea NOT NULL UNIQUE,
    display_root text NOT NULL,
    root_device bigint,
    root_inode bigint,
    held_code text,
    held_reason text,
    last_scanned_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  // The fingerprint covers everything in the folder that the first pass took in; a folder that still has it is skipped.
  `CREATE TABLE folders (
    id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    path bytea NOT NULL,
    fingerprint bytea
  )`,
  // By hash: a path may have 4,096 bytes, an index row not more than about 2,700.
  `CREATE UNIQUE INDEX folders_path ON folders (library_id, sha256(path))`,
  `CREATE TABLE files (
    id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    folder_id uuid REFERENCES folders ON DELETE SET NULL,
    path bytea NOT NULL,
    display_path text NOT NULL,
    size_bytes bigint NOT NULL,
    mtime_ns bigint NOT NULL,
    inode bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'ready', 'rejected', 'missing')),
    reject_code text,
    reject_reason text,
    audio_hash bytea,
    audio_bytes bigint,
    tags_version smallint NOT NULL DEFAULT 0,
    facts_version smallint NOT NULL DEFAULT 0,
    ffmpeg_version text,
    added_at timestamptz NOT NULL DEFAULT now(),
    missing_since timestamptz,
    CHECK ((state = 'rejected') = (reject_code IS NOT NULL))
  )`,
  `CREATE UNIQUE INDEX files_path ON files (library_id, sha256(path))`,
  `CREATE INDEX files_folder ON files (folder_id)`,
  `CREATE INDEX files_identity ON files (audio_hash, audio_bytes) WHERE audio_hash IS NOT NULL`,
  `CREATE INDEX files_state ON files (library_id, state, id)`,
];

const CATALOG = [
  `CREATE TABLE artworks (
    id uuid PRIMARY KEY,
    source_hash bytea NOT NULL UNIQUE,
    width int NOT NULL,
    height int NOT NULL,
    color text NOT NULL,
    placeholder text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE artists (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL,
    sort_name text NOT NULL,
    sort_key text COLLATE "C" NOT NULL,
    musicbrainz_id uuid,
    album_count int NOT NULL DEFAULT 0,
    track_count int NOT NULL DEFAULT 0,
    search_text text NOT NULL DEFAULT '',
    added_at timestamptz NOT NULL DEFAULT now()
  )`,
  // Two artists of one name are told apart by MusicBrainz id; untagged ones of one name are one artist.
  `CREATE UNIQUE INDEX artists_identity ON artists (name_key, coalesce(musicbrainz_id, '00000000-0000-0000-0000-000000000000'))`,
  `CREATE TABLE albums (
    id uuid PRIMARY KEY,
    merge_key text NOT NULL UNIQUE,
    title text NOT NULL,
    sort_key text COLLATE "C" NOT NULL,
    artist_sort_key text COLLATE "C" NOT NULL,
    artist_text text NOT NULL,
    compilation boolean NOT NULL DEFAULT false,
    year int,
    release_date text,
    original_date text,
    release_type text,
    label text,
    catalog_number text,
    disc_total int,
    musicbrainz_id uuid,
    artwork_id uuid REFERENCES artworks,
    track_count int NOT NULL DEFAULT 0,
    duration_ms bigint NOT NULL DEFAULT 0,
    search_text text NOT NULL DEFAULT '',
    added_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE album_artists (
    album_id uuid NOT NULL REFERENCES albums ON DELETE CASCADE,
    position smallint NOT NULL,
    artist_id uuid NOT NULL REFERENCES artists ON DELETE CASCADE,
    PRIMARY KEY (album_id, position)
  )`,
  `CREATE INDEX album_artists_artist ON album_artists (artist_id)`,
  `CREATE TABLE tracks (
    id uuid PRIMARY KEY,
    file_id uuid NOT NULL REFERENCES files ON DELETE CASCADE,
    file_index smallint NOT NULL DEFAULT 0,
    album_id uuid NOT NULL REFERENCES albums,
    title text NOT NULL,
    sort_key text COLLATE "C" NOT NULL,
    artist_text text NOT NULL,
    artist_sort_key text COLLATE "C" NOT NULL,
    track_number int,
    track_total int,
    disc_number int,
    disc_title text,
    year int,
    date text,
    isrc text,
    musicbrainz_id uuid,
    comment text,
    bpm real,
    replaygain_track_db real,
    replaygain_album_db real,
    artwork_id uuid REFERENCES artworks,
    codec text,
    container text,
    lossless boolean,
    sample_rate_hz int,
    bit_depth int,
    channels int,
    bitrate_kbps int,
    duration_ms bigint,
    sample_count bigint,
    integrated_lufs real,
    true_peak_dbtp real,
    peaks bytea,
    available boolean NOT NULL DEFAULT true,
    search_text text NOT NULL DEFAULT '',
    added_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (file_id, file_index)
  )`,
  `CREATE INDEX tracks_album ON tracks (album_id, disc_number, track_number, id)`,
  `CREATE TABLE track_artists (
    track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE,
    role text NOT NULL,
    position smallint NOT NULL,
    artist_id uuid NOT NULL REFERENCES artists ON DELETE CASCADE,
    PRIMARY KEY (track_id, role, position)
  )`,
  `CREATE INDEX track_artists_artist ON track_artists (artist_id, role)`,
  `CREATE TABLE genres (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL UNIQUE,
    sort_key text COLLATE "C" NOT NULL,
    track_count int NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE track_genres (
    track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE,
    genre_id uuid NOT NULL REFERENCES genres ON DELETE CASCADE,
    position smallint NOT NULL,
    PRIMARY KEY (track_id, genre_id)
  )`,
  `CREATE INDEX track_genres_genre ON track_genres (genre_id)`,
  `CREATE TABLE lyrics (
    track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE,
    position smallint NOT NULL,
    language text,
    synced boolean NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (track_id, position)
  )`,
  // Every browse sort is one index that ends in the id: a keyset page at any depth.
  `CREATE INDEX tracks_by_title ON tracks (sort_key, id) WHERE available`,
  `CREATE INDEX tracks_by_artist ON tracks (artist_sort_key, id) WHERE available`,
  `CREATE INDEX tracks_by_added ON tracks (added_at DESC, id DESC) WHERE available`,
  `CREATE INDEX albums_by_title ON albums (sort_key, id) WHERE track_count > 0`,
  `CREATE INDEX albums_by_artist ON albums (artist_sort_key, id) WHERE track_count > 0`,
  `CREATE INDEX albums_by_added ON albums (added_at DESC, id DESC) WHERE track_count > 0`,
  `CREATE INDEX albums_by_year ON albums ((coalesce(year, 0)) DESC, id DESC) WHERE track_count > 0`,
  `CREATE INDEX artists_by_name ON artists (sort_key, id) WHERE track_count + album_count > 0`,
  `CREATE INDEX genres_by_name ON genres (sort_key, id) WHERE track_count > 0`,
  `CREATE INDEX tracks_search ON tracks USING gin (search_text gin_trgm_ops)`,
  `CREATE INDEX albums_search ON albums USING gin (search_text gin_trgm_ops)`,
  `CREATE INDEX artists_search ON artists USING gin (search_text gin_trgm_ops)`,
];

const MEDIA = [
  // segment_bytes[n] and segment_samples[n] are what the encoder really wrote; offsets are sums from init_bytes on.
  // While state is 'encoding' they grow, and draft_path is the file that grows.
  `CREATE TABLE renditions (
    id uuid PRIMARY KEY,
    track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE,
    codec text NOT NULL CHECK (codec IN ('aac', 'opus', 'flac')),
    bitrate_kbps int NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('queued', 'encoding', 'ready', 'failed', 'evicted')),
    sample_rate_hz int NOT NULL,
    sample_count bigint NOT NULL,
    init_bytes int,
    segment_bytes int[],
    segment_samples int[],
    size_bytes bigint,
    peak_kbps int,
    sha256 bytea,
    storage_key text,
    encoder_version text,
    attempts smallint NOT NULL DEFAULT 0,
    error text,
    lease_owner uuid,
    lease_expires_at timestamptz,
    fence bigint NOT NULL DEFAULT 0,
    draft_path text,
    wanted_at timestamptz,
    last_served_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    ready_at timestamptz,
    CHECK ((state = 'ready') <= (sha256 IS NOT NULL AND storage_key IS NOT NULL AND segment_bytes IS NOT NULL)),
    UNIQUE (track_id, codec, bitrate_kbps)
  )`,
  `CREATE INDEX renditions_state ON renditions (state, id)`,
  // Somebody waits for these; nearly always none.
  `CREATE INDEX renditions_wanted ON renditions (wanted_at) WHERE wanted_at IS NOT NULL`,
];
