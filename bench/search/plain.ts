import type { Database } from '../../backend/dist/database/database.js';
import { KINDS, SEARCH_KINDS, type SearchKind } from '../../backend/dist/search/kinds.js';
import { prefixQuery, type SearchTerms } from '../../backend/dist/search/search-terms.js';

/**
 * The anchor: the same things with the same words in a tsvector with a GIN index a kind, every word a prefix, whoever
 * may see it checked on the row, the most popular first. Asked without a name, so that each query has a plan of its own.
 */

export const PLAIN_TABLE: readonly string[] = [
  `CREATE TABLE plain AS SELECT kind, d, audience, libraries, id, name, words,
     array_to_tsvector(ARRAY(SELECT DISTINCT left(word, 24) FROM (
       SELECT word FROM unnest(string_to_array(trim(words), ' ')) AS word
       WHERE word !~ '[ぁ-ゟー一-鿿々〇]' UNION ALL
       SELECT substr(word, at, 2) FROM unnest(string_to_array(trim(words), ' ')) AS word,
         generate_series(1, length(word)) AS at WHERE word ~ '[ぁ-ゟー一-鿿々〇]') AS terms
       WHERE word <> '')) AS terms
   FROM search_docs ORDER BY kind, d`,
  ...SEARCH_KINDS.map((kind) => `CREATE INDEX ON plain USING gin (terms) WHERE kind = ${KINDS[kind]}`),
  'CREATE UNIQUE INDEX ON plain (kind, d)',
  'VACUUM ANALYZE plain',
];

export interface PlainHit {
  readonly kind: number;
  readonly id: string;
}

const seen = `audience = ANY ($2) AND (audience > 0 OR $3::uuid[] IS NULL OR libraries && $3::uuid[])`;

const ask = (kind: SearchKind, limit: number, order: string): string => `
  (SELECT kind, id FROM plain WHERE kind = ${KINDS[kind]} AND terms @@ $1::tsquery AND ${seen}
   ORDER BY ${order} LIMIT ${limit})`;

const all = (limits: Readonly<Record<SearchKind, number>>, order: string): string =>
  SEARCH_KINDS.map((kind) => ask(kind, limits[kind], order)).join(' UNION ALL ');

export interface Sight {
  readonly audiences: readonly number[];
  readonly libraries: readonly string[] | null;
}

const LIMITS = { track: 8, album: 4, artist: 4, playlist: 4 } as const;
export const PLAIN_LIMITS = LIMITS;

const BY_POPULARITY = all(LIMITS, 'd');
/** As the search orders its hits, for comparing them. */
const NAMES_FIRST = all(LIMITS, 'name = $4 DESC, starts_with(name, $4) DESC, d');

export const askPlain = (db: Database, terms: SearchTerms, sight: Sight): Promise<PlainHit[]> =>
  db.query<PlainHit>(BY_POPULARITY, [prefixQuery(terms.terms), sight.audiences, sight.libraries]);

export const askPlainNamesFirst = (db: Database, terms: SearchTerms, sight: Sight): Promise<PlainHit[]> =>
  db.query<PlainHit>(NAMES_FIRST, [prefixQuery(terms.terms), sight.audiences, sight.libraries, terms.query]);

/** What stands behind the low byte of postings that somebody may see. */
export const sightOf = async (db: Database, libraries: readonly string[] | null): Promise<Sight> => {
  const rows = await db.query<{ audience: number }>(
    'SELECT audience FROM search_audiences WHERE $1::uuid[] IS NULL OR libraries && $1',
    [libraries],
  );
  return { audiences: [0, ...rows.map(({ audience }) => audience)], libraries };
};
