import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SEARCH_FRESH_FUNCTION, SEARCH_FUNCTION, SEARCH_PLACE } from './0035-search-function.js';
import { NOTES } from './0035-search-notes.js';

/**
 * The index of search (backend/src/search): frequent prefixes as lists of integers in the order of popularity, rare
 * words as rows, and beside them what has changed since the index was built.
 */
export class Search1780000000035 implements MigrationInterface {
  readonly name = 'Search1780000000035';

  async up(q: QueryRunner): Promise<void> {
    await q.query('CREATE EXTENSION IF NOT EXISTS intarray');
    for (const statement of [...TABLES, SEARCH_PLACE, SEARCH_FUNCTION, SEARCH_FRESH_FUNCTION, ...NOTES])
      await q.query(statement);
    // Nobody reads them any more, and they were the dearest part of adding a track.
    await q.query('DROP INDEX tracks_search, albums_search, artists_search');
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of ['tracks', 'albums', 'artists'])
      await q.query(`CREATE INDEX ${table}_search ON ${table} USING gin (search_text gin_trgm_ops)`);
    await q.query(`DROP FUNCTION search_note_track, search_note_file, search_note_album, search_note_artist,
      search_note_credit, search_note_lyrics CASCADE`);
    await q.query('DROP FUNCTION search_find, search_find_fresh, search_place');
    await q.query(`DROP TABLE search_docs, search_prefixes, search_words, search_typos, search_audiences,
      search_fresh, search_personal, search_lyrics, search_changes, search_state`);
    await q.query('DROP SEQUENCE search_fresh_n');
  }
}

/** Kinds: 1 track, 2 album, 3 artist, 4 playlist. `d` is the place by popularity inside a kind, 0 the most popular. */
const TABLES = [
  // The first five are made anew by each rebuild, which then takes their names: see backend/src/search/index-tables.ts.
  `CREATE TABLE search_docs (
    kind smallint NOT NULL,
    d int NOT NULL,
    audience smallint NOT NULL,
    id uuid NOT NULL,
    popularity float8 NOT NULL,
    place text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    words text NOT NULL,
    libraries uuid[],
    PRIMARY KEY (kind, d)
  )`,
  `CREATE INDEX search_docs_name ON search_docs (kind, name, d) INCLUDE (audience)`,
  `CREATE UNIQUE INDEX search_docs_id ON search_docs (kind, id)`,
  // ids: d << 8 | audience, ascending. Each prefix of more than 300 of them, cut into tiers by popularity.
  `CREATE TABLE search_prefixes (
    kind smallint,
    prefix text COLLATE "C",
    tier smallint,
    total int,
    ids int[] NOT NULL,
    PRIMARY KEY (kind, prefix, tier)
  )`,
  // Read as they are: taking them apart would cost more than reading them.
  `ALTER TABLE search_prefixes ALTER ids SET STORAGE EXTERNAL`,
  `CREATE TABLE search_words (kind smallint, word text COLLATE "C", ids int[] NOT NULL, PRIMARY KEY (kind, word))`,
  `CREATE TABLE search_typos (variant text COLLATE "C" NOT NULL, word text NOT NULL, total int NOT NULL)`,
  `CREATE INDEX search_typos_variant ON search_typos (variant) INCLUDE (word, total)`,
  // Which libraries stand behind the low byte of a posting; 0: too rare a set for a number of its own, see the row.
  `CREATE TABLE search_audiences (audience smallint PRIMARY KEY, libraries uuid[] NOT NULL)`,

  `CREATE SEQUENCE search_fresh_n`,
  `CREATE TABLE search_fresh (
    kind smallint NOT NULL,
    id uuid NOT NULL,
    n bigint NOT NULL DEFAULT nextval('search_fresh_n'),
    gone boolean NOT NULL,
    libraries uuid[] NOT NULL,
    popularity float8 NOT NULL,
    place text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    words text NOT NULL,
    terms tsvector NOT NULL,
    PRIMARY KEY (kind, id)
  )`,
  `CREATE INDEX search_fresh_terms ON search_fresh USING gin (terms) WITH (fastupdate = off)`,
  // Playlists that are not for everybody, a row a reader.
  `CREATE TABLE search_personal (
    reader_id uuid NOT NULL,
    id uuid NOT NULL,
    popularity float8 NOT NULL,
    place text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    words text NOT NULL,
    PRIMARY KEY (reader_id, id)
  )`,
  `CREATE INDEX search_personal_id ON search_personal (id)`,
  `CREATE TABLE search_lyrics (track_id uuid PRIMARY KEY REFERENCES tracks ON DELETE CASCADE, terms tsvector NOT NULL)`,
  `CREATE INDEX search_lyrics_terms ON search_lyrics USING gin (terms) WITH (fastupdate = off)`,
  // What has changed and is not yet looked at; without a unique key, which would make writers wait for each other.
  `CREATE TABLE search_changes (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind smallint NOT NULL,
    id uuid NOT NULL
  )`,
  `CREATE TABLE search_state (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    built_at timestamptz,
    took_ms int NOT NULL DEFAULT 0,
    docs int NOT NULL DEFAULT 0
  )`,
  `INSERT INTO search_state DEFAULT VALUES`,
];
