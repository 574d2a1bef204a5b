/** The functions of migration 0035, which is released with them. */

/** The place in a kind after which its rows come later than this one did, wherever that has gone since: -1 for none. */
export const SEARCH_PLACE = `
CREATE FUNCTION search_place(of_kind smallint, of_popularity float8, of_place text, of_id uuid) RETURNS int
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  low int := -1;
  high int;
  middle int;
  is_later boolean;
BEGIN
  SELECT max(d) + 1 INTO high FROM search_docs WHERE kind = of_kind;
  WHILE high - low > 1 LOOP
    middle := (low + high) / 2;
    SELECT (-popularity, place, id) > (-of_popularity, of_place COLLATE "C", of_id) INTO is_later
      FROM search_docs WHERE kind = of_kind AND d >= middle ORDER BY d LIMIT 1;
    IF is_later THEN high := middle; ELSE low := middle; END IF;
  END LOOP;
  RETURN low;
END $$`;

/**
 * Hits of each kind, the best first: quality 0 names that are the query, 1 names that begin with it, 2 all words.
 * query: its words, joined. terms: prefixes, each in the index. patterns: what LIKE must find in a row. libraries: those
 * seen, null for all. limits: how many hits of kinds 1 to 4. after_*: where to go on, in a query of one kind.
 *
 * Each section walks lists in the order of popularity and stops when it has enough; who sees a hit is checked on the
 * posting, and again on its row. The order of the hits is that of unnest, kept by nested loops: hence the settings.
 */
export const SEARCH_FUNCTION = `
CREATE FUNCTION search_find(query text, terms text[], patterns text[], seen uuid[], limits int[],
  after_quality int, after_popularity float8, after_place text, after_id uuid)
RETURNS TABLE (kind smallint, quality int, d int, id uuid, popularity float8, place text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  wanted int; got int; found_now int; start int; first_quality int;
  audiences int[]; heavy text[]; totals int[]; w text; candidates int[]; postings int[]; others int[];
  begins text := U&'\\0002' || left(query, 24);
  beyond text := query || chr(1114111);
BEGIN
  SELECT array_agg(a.audience::int) INTO audiences FROM search_audiences a WHERE seen IS NULL OR a.libraries && seen;
  audiences := coalesce(audiences, '{}') || 0;
  first_quality := coalesce(after_quality, 0);
  FOR k IN 1..4 LOOP
    wanted := limits[k];
    CONTINUE WHEN wanted = 0;
    got := 0;
    start := CASE WHEN after_quality IS NULL THEN -1 ELSE search_place(k::smallint, after_popularity, after_place, after_id) END;

    IF first_quality = 0 THEN
      RETURN QUERY SELECT o.kind, 0, o.d, o.id, o.popularity, o.place FROM search_docs o
        WHERE o.kind = k AND o.name = query AND o.d > start AND o.audience = ANY (audiences)
          AND (o.audience > 0 OR seen IS NULL OR o.libraries && seen) ORDER BY o.d LIMIT wanted;
      GET DIAGNOSTICS found_now = ROW_COUNT;
      got := found_now;
      CONTINUE WHEN got >= wanted;
      start := -1;
    END IF;

    IF first_quality <= 1 THEN
      PERFORM 1 FROM search_prefixes p WHERE p.kind = k AND p.prefix = begins AND p.tier = 0;
      IF found THEN
        FOR t IN 0..4 LOOP
          SELECT p.ids INTO postings FROM search_prefixes p WHERE p.kind = k AND p.prefix = begins AND p.tier = t;
          CONTINUE WHEN postings IS NULL OR postings = '{}';
          RETURN QUERY SELECT x.kind, 1, x.d, x.id, x.popularity, x.place
            FROM (SELECT unnest(postings) v) s, LATERAL (SELECT o.* FROM search_docs o
              WHERE o.kind = k AND o.d = s.v >> 8 AND o.audience = ANY (audiences) AND starts_with(o.name, query)
                AND o.name <> query AND (o.audience > 0 OR seen IS NULL OR o.libraries && seen)) x
            WHERE s.v >> 8 > start AND (s.v & 255) = ANY (audiences) LIMIT wanted - got;
          GET DIAGNOSTICS found_now = ROW_COUNT;
          got := got + found_now;
          EXIT WHEN got >= wanted;
        END LOOP;
      ELSE
        RETURN QUERY SELECT o.kind, 1, o.d, o.id, o.popularity, o.place FROM search_docs o
          WHERE o.kind = k AND o.d = ANY (ARRAY(
            SELECT n.d FROM search_docs n WHERE n.kind = k AND n.name > query AND n.name < beyond
              AND n.audience = ANY (audiences))) AND o.d > start
            AND (o.audience > 0 OR seen IS NULL OR o.libraries && seen) ORDER BY o.d LIMIT wanted - got;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        got := got + found_now;
      END IF;
      CONTINUE WHEN got >= wanted;
      start := -1;
    END IF;

    SELECT array_agg(p.prefix ORDER BY p.total), array_agg(p.total ORDER BY p.total) INTO heavy, totals
      FROM search_prefixes p WHERE p.kind = k AND p.tier = 0 AND p.prefix = ANY (terms);
    IF heavy IS NULL OR cardinality(heavy) < cardinality(terms) THEN
      candidates := NULL;
      FOREACH w IN ARRAY terms LOOP
        CONTINUE WHEN w = ANY (heavy);
        others := ARRAY(SELECT unnest(s.ids) FROM search_words s
          WHERE s.kind = k AND s.word >= w AND s.word < w || chr(1114111));
        IF others = '{}' THEN candidates := others; EXIT; END IF;
        others := uniq(sort(others));
        candidates := CASE WHEN candidates IS NULL THEN others ELSE candidates & others END;
        EXIT WHEN candidates = '{}';
      END LOOP;
      CONTINUE WHEN candidates = '{}';
      RETURN QUERY SELECT x.kind, 2, x.d, x.id, x.popularity, x.place
        FROM (SELECT unnest(candidates) v) s, LATERAL (SELECT o.* FROM search_docs o
          WHERE o.kind = k AND o.d = s.v >> 8 AND o.audience = ANY (audiences) AND NOT starts_with(o.name, query)
            AND o.words LIKE ALL (patterns) AND (o.audience > 0 OR seen IS NULL OR o.libraries && seen)) x
        WHERE s.v >> 8 > start AND (s.v & 255) = ANY (audiences) LIMIT wanted - got;
    ELSE
      FOR t IN 0..4 LOOP
        SELECT p.ids INTO postings FROM search_prefixes p WHERE p.kind = k AND p.prefix = heavy[1] AND p.tier = t;
        CONTINUE WHEN postings IS NULL OR postings = '{}';
        FOR i IN 2..cardinality(heavy) LOOP
          -- Probing a few rows is cheaper than reading a long list.
          EXIT WHEN cardinality(postings) < 48 OR cardinality(postings)::bigint * 220 < totals[i];
          SELECT p.ids INTO others FROM search_prefixes p WHERE p.kind = k AND p.prefix = heavy[i] AND p.tier = t;
          postings := CASE WHEN others IS NULL THEN '{}' ELSE postings & others END;
        END LOOP;
        CONTINUE WHEN postings = '{}';
        RETURN QUERY SELECT x.kind, 2, x.d, x.id, x.popularity, x.place
          FROM (SELECT unnest(postings) v) s, LATERAL (SELECT o.* FROM search_docs o
            WHERE o.kind = k AND o.d = s.v >> 8 AND o.audience = ANY (audiences) AND NOT starts_with(o.name, query)
              AND o.words LIKE ALL (patterns) AND (o.audience > 0 OR seen IS NULL OR o.libraries && seen)) x
          WHERE s.v >> 8 > start AND (s.v & 255) = ANY (audiences) LIMIT wanted - got;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        got := got + found_now;
        EXIT WHEN got >= wanted;
      END LOOP;
    END IF;
  END LOOP;
END $$`;

/**
 * The same of what has changed since the index was built, and of the playlists that only some may read. lexemes: the
 * terms as a text search query. Many at once (a first scan) cost what the plain query costs.
 */
export const SEARCH_FRESH_FUNCTION = `
CREATE FUNCTION search_find_fresh(query text, lexemes tsquery, patterns text[], seen uuid[], reader uuid, limits int[],
  after_quality int, after_popularity float8, after_place text, after_id uuid)
RETURNS TABLE (kind smallint, quality int, d int, id uuid, popularity float8, place text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT h.kind, h.quality, -1, h.id, h.popularity, h.place FROM (
      SELECT *, row_number() OVER (PARTITION BY kind ORDER BY quality, popularity DESC, place, id) AS at FROM (
        SELECT f.kind, f.id, f.popularity, f.place,
          CASE WHEN f.name = query THEN 0 WHEN starts_with(f.name, query) THEN 1 ELSE 2 END AS quality
        FROM search_fresh f
        WHERE f.terms @@ lexemes AND f.words LIKE ALL (patterns) AND NOT f.gone
          AND (seen IS NULL OR f.libraries && seen)) found
      WHERE after_quality IS NULL
        OR (quality, -popularity, place, id) > (after_quality, -after_popularity, after_place COLLATE "C", after_id)) h
    WHERE h.at <= limits[h.kind];
  IF limits[4] > 0 THEN
    RETURN QUERY SELECT 4::smallint, found.quality, -1, found.id, found.popularity, found.place FROM (
        SELECT f.id, f.popularity, f.place,
          CASE WHEN f.name = query THEN 0 WHEN starts_with(f.name, query) THEN 1 ELSE 2 END AS quality
        FROM search_personal f WHERE f.reader_id = reader AND f.words LIKE ALL (patterns)) found
      WHERE after_quality IS NULL
        OR (quality, -popularity, place, id) > (after_quality, -after_popularity, after_place COLLATE "C", after_id)
      ORDER BY found.quality, found.popularity DESC, found.place, found.id LIMIT limits[4];
  END IF;
END $$`;
