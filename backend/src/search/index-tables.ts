/**
 * SQL around a rebuild: the new index grows in tables of its own and takes the names of the old one in one transaction,
 * so that every search sees the one or the other, whole.
 */

const TABLES = [
  'search_docs',
  'search_prefixes',
  'search_words',
  'search_typos',
  'search_audiences',
] as const;

/** As the migration calls them: `npm run fsck` compares the names, too, and looks away from those that end in _next. */
const INDEXES = [
  'search_docs_pkey',
  'search_docs_name',
  'search_docs_id',
  'search_prefixes_pkey',
  'search_words_pkey',
  'search_audiences_pkey',
  'search_typos_variant',
] as const;

const nextIndex = (index: (typeof INDEXES)[number]): string => `${index}_next`;

export const next = (table: (typeof TABLES)[number]): string => `${table}_next`;

/** Without the indexes, which are made of all rows at once. */
export const MAKE_NEXT: readonly string[] = [
  `DROP TABLE IF EXISTS ${TABLES.map(next).join(', ')}`,
  ...TABLES.map(
    (table) => `CREATE TABLE ${next(table)} (LIKE ${table} INCLUDING DEFAULTS INCLUDING STORAGE)`,
  ),
];

export const INDEX_NEXT: readonly string[] = [
  `ALTER TABLE search_docs_next ADD CONSTRAINT ${nextIndex('search_docs_pkey')} PRIMARY KEY (kind, d)`,
  `CREATE INDEX ${nextIndex('search_docs_name')} ON search_docs_next (kind, name, d) INCLUDE (audience)`,
  `CREATE UNIQUE INDEX ${nextIndex('search_docs_id')} ON search_docs_next (kind, id)`,
  `ALTER TABLE search_prefixes_next ADD CONSTRAINT ${nextIndex('search_prefixes_pkey')} PRIMARY KEY (kind, prefix, tier)`,
  `ALTER TABLE search_words_next ADD CONSTRAINT ${nextIndex('search_words_pkey')} PRIMARY KEY (kind, word)`,
  `ALTER TABLE search_audiences_next ADD CONSTRAINT ${nextIndex('search_audiences_pkey')} PRIMARY KEY (audience)`,
  // The beginnings of all words of tracks, albums, artists and playlists, with each that lacks a letter of them.
  `WITH starts AS (
     SELECT word, sum(total)::int AS total FROM (
       SELECT replace(prefix, E'\\x01', '') AS word, total FROM search_prefixes_next
       WHERE tier = 0 AND prefix !~ E'^\\x02' UNION ALL
       SELECT left(replace(word, E'\\x01', ''), 8), cardinality(ids) FROM search_words_next) AS found
     WHERE length(word) BETWEEN 4 AND 8 AND word !~ '[ぁ-ゟー一-鿿々〇]' GROUP BY word)
   INSERT INTO search_typos_next (variant, word, total)
   SELECT word, word, total FROM starts UNION
   SELECT left(word, at - 1) || substr(word, at + 1), word, total FROM starts, generate_series(1, length(word)) AS at`,
  `CREATE INDEX ${nextIndex('search_typos_variant')} ON search_typos_next (variant) INCLUDE (word, total)`,
  // Vacuumed, a beginning of names is looked up in its index alone: else each name costs a page of the table.
  ...TABLES.map((table) => `VACUUM (ANALYZE) ${next(table)}`),
];

/** $1: what was fresh when the rebuild began is in it. */
export const FOLD_FRESH = 'DELETE FROM search_fresh WHERE n <= $1';

export const TAKE_OVER: readonly string[] = [
  `DELETE FROM search_docs_next USING search_fresh
   WHERE search_fresh.kind = search_docs_next.kind AND search_fresh.id = search_docs_next.id`,
  `DROP TABLE ${TABLES.join(', ')}`,
  ...TABLES.map((table) => `ALTER TABLE ${next(table)} RENAME TO ${table}`),
  ...INDEXES.map((index) => `ALTER INDEX ${nextIndex(index)} RENAME TO ${index}`),
];
