import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Visible } from '../libraries/seen.js';
import { EVERYBODY, KINDS, SEARCH_KINDS, type SearchKind } from './kinds.js';
import { lyricsQuery, prefixQuery, termsOfWords, type SearchTerms } from './search-terms.js';
import { corrections, isCorrectable, variantsOf, type Doubtful } from './typos.js';

/** Who asks. */
export interface Asker {
  readonly userId: string;
  readonly visible: Visible;
}

/** Where a hit stands among those of its kind: the lowest quality first, then the most popular. */
export interface Rank {
  /** 0 the name itself, 1 a name that begins so, 2 all words, 3 words of the lyrics. */
  readonly quality: number;
  readonly popularity: number;
  readonly place: string;
  readonly id: string;
}
export const LYRICS_QUALITY = 3;

export type Limits = Readonly<Partial<Record<SearchKind, number>>>;
export type Hits = Readonly<Record<SearchKind, readonly Rank[]>>;

interface Row extends Rank {
  readonly kind: number;
}

/** Words beside a mistyped one are looked at this closely. */
const MOST_NEAR = 50;

const FIND = `
  SELECT kind, quality, id, popularity, place FROM search_find($1, $2, $3, $4, $5, $7, $8, $9, $10)
  UNION ALL
  SELECT kind, quality, id, popularity, place
  FROM search_find_fresh($1, $11::tsquery, $3, $4, $6, $5, $7, $8, $9, $10)`;

const DOUBTS = `
  SELECT asked.word AS typed,
    (EXISTS (SELECT FROM search_prefixes WHERE kind BETWEEN 1 AND 4 AND prefix = asked.word AND tier = 0)
      OR EXISTS (SELECT FROM generate_series(1, 4) AS k, LATERAL (SELECT FROM search_words
        WHERE kind = k AND word >= asked.word AND word < asked.word || chr(1114111) LIMIT 1) AS below)) AS "isKnown",
    (SELECT coalesce(json_agg(near), '[]') FROM (
      SELECT word, max(total) AS total FROM search_typos WHERE variant = ANY (asked.variants::text[])
      GROUP BY word ORDER BY total DESC LIMIT ${MOST_NEAR}) AS near) AS near
  FROM unnest($1::text[], $2::text[]) AS asked (word, variants)`;

const SUNG = `
  SELECT 1 AS kind, ${LYRICS_QUALITY} AS quality, tracks.id, coalesce(track_counts.plays, 0)::float8 AS popularity,
    left(tracks.sort_key, 64) AS place
  FROM search_lyrics JOIN tracks ON tracks.id = search_lyrics.track_id AND tracks.available
  JOIN files ON files.id = tracks.file_id LEFT JOIN track_counts ON track_counts.track_id = tracks.id
  WHERE search_lyrics.terms @@ $1::tsquery AND ($2::uuid[] IS NULL OR files.library_id = ANY ($2::uuid[]))
    AND NOT tracks.search_text LIKE ALL ($3::text[]) AND ($5::float8 IS NULL OR
      (-coalesce(track_counts.plays, 0)::float8, left(tracks.sort_key, 64), tracks.id)
        > (-$5::float8, $6::text COLLATE "C", $7::uuid))
  ORDER BY popularity DESC, place, tracks.id LIMIT $4`;

/** Asks the index, and what has changed beside it: ids and their rank, the best first, of what the asker may see. */
@Injectable()
export class SearchIndex {
  constructor(private readonly db: Database) {}

  async find(
    { query, terms, patterns }: SearchTerms,
    limits: Limits,
    { userId, visible }: Asker,
    after: Rank | null = null,
  ): Promise<Hits> {
    const wanted = SEARCH_KINDS.map((kind) => limits[kind] ?? 0);
    const rows = await this.db.query<Row>(FIND, [
      query,
      terms,
      patterns,
      visible === null ? null : withEverybody(visible),
      wanted,
      userId,
      after?.quality ?? null,
      after?.popularity ?? null,
      after?.place ?? null,
      after?.id ?? null,
      prefixQuery(terms),
    ]);
    const of = (kind: SearchKind): readonly Rank[] =>
      rows
        .filter((row) => row.kind === KINDS[kind])
        .sort(byRank)
        .slice(0, limits[kind] ?? 0);
    return { track: of('track'), album: of('album'), artist: of('artist'), playlist: of('playlist') };
  }

  /** What may have been meant where nothing was found, the likeliest first. */
  async findCorrections({ query }: SearchTerms): Promise<readonly SearchTerms[]> {
    const words = query.split(' ');
    const asked = [...new Set(words.filter(isCorrectable))];
    if (asked.length === 0) return [];
    const doubts = await this.db.query<Doubtful>(DOUBTS, [
      asked,
      asked.map(
        (word) =>
          `{${variantsOf(word)
            .map((variant) => JSON.stringify(variant))
            .join(',')}}`,
      ),
    ]);
    const chosen = corrections(doubts);
    if (chosen === null) return [];
    return chosen.instead.map((instead) =>
      termsOfWords(words.map((word) => (word === chosen.typed ? instead : word))),
    );
  }

  /** Tracks in whose lyrics all words are, and that are not found by their names. */
  async findSung(
    { query, patterns }: SearchTerms,
    limit: number,
    { visible }: Asker,
    after: Rank | null = null,
  ): Promise<readonly Rank[]> {
    const sung = lyricsQuery(query);
    if (sung === null) return [];
    return this.db.query<Rank>(SUNG, [
      sung,
      visible,
      patterns,
      limit,
      after?.popularity ?? null,
      after?.place ?? null,
      after?.id ?? null,
    ]);
  }
}

/** Playlists that are for everybody lie in no library. */
const withEverybody = (visible: readonly string[]): readonly string[] => [...visible, EVERYBODY];

const byRank = (a: Rank, b: Rank): number =>
  a.quality - b.quality ||
  b.popularity - a.popularity ||
  (a.place < b.place ? -1 : a.place > b.place ? 1 : a.id < b.id ? -1 : 1);
