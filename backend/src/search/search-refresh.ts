import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bulkInsert, bulkRows } from '../catalog/bulk-rows.js';
import { Database } from '../database/database.js';
import { indexed, type Indexed } from './index-terms.js';
import { KINDS, LYRICS, SEARCH_KINDS, type SearchKind } from './kinds.js';
import { lyricsTerms } from './lyrics-terms.js';
import { PERSONAL, SOURCES, TABLES, type SourceRow } from './sources.js';

/** Held by whoever changes what is searched: a refresh, and the beginning and the end of a rebuild. */
export const INDEX_LOCK = `pg_advisory_xact_lock(hashtextextended('search index', 0))`;
const TRY_INDEX_LOCK = `pg_try_advisory_xact_lock(hashtextextended('search index', 0))`;

const BATCH = 2000;

type Known = Pick<SourceRow, 'id' | 'libraries'> & Pick<Indexed, 'name' | 'words'>;
type Doc = SourceRow & { readonly index: Indexed };

/** Brings what was noted of the catalogue (see the triggers of migration 0035) to where it is searched, beside the index. */
@Injectable()
export class SearchRefresh {
  constructor(private readonly db: Database) {}

  /** @returns how many notes were worked off: 0 when there are none, or another process is at it */
  drain(): Promise<number> {
    return this.db.transaction(async (tx) => {
      const lock = await this.db.first<{ held: boolean }>(`SELECT ${TRY_INDEX_LOCK} AS held`, [], tx);
      if (lock?.held !== true) return 0;
      const notes = await this.db.query<{ kind: number; id: string }>(
        `DELETE FROM search_changes WHERE n IN (SELECT n FROM search_changes ORDER BY n LIMIT $1) RETURNING kind, id`,
        [BATCH],
        tx,
      );
      const idsOf = (number: number): readonly string[] => [
        ...new Set(notes.filter(({ kind }) => kind === number).map(({ id }) => id)),
      ];
      for (const kind of SEARCH_KINDS) await this.refresh(kind, idsOf(KINDS[kind]), tx);
      await this.refreshPersonal(idsOf(KINDS.playlist), tx);
      await this.refreshLyrics(idsOf(LYRICS), tx);
      return notes.length;
    });
  }

  /** Of tracks whose lyrics were never looked at, and lists of some that nobody finds: from before there was a search in them. */
  async addMissing(): Promise<void> {
    await this.db.query(
      `INSERT INTO search_changes (kind, id) SELECT ${KINDS.playlist}, id FROM playlists
       WHERE visibility <> 'shared' AND NOT EXISTS (SELECT FROM search_personal WHERE search_personal.id = playlists.id)`,
    );
    for (let added = BATCH; added === BATCH;)
      added = await this.db.transaction(async (tx) => {
        const rows = await this.db.query<{ id: string }>(
          `SELECT DISTINCT track_id AS id FROM lyrics
           WHERE NOT EXISTS (SELECT FROM search_lyrics WHERE search_lyrics.track_id = lyrics.track_id) LIMIT $1`,
          [BATCH],
          tx,
        );
        await this.refreshLyrics(
          rows.map(({ id }) => id),
          tx,
        );
        return rows.length;
      });
  }

  private async refresh(kind: SearchKind, ids: readonly string[], tx: EntityManager): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.db.query<SourceRow>(
      SOURCES[kind](`${TABLES[kind]}.id = ANY ($1::uuid[])`),
      [ids],
      tx,
    );
    const known = new Map((await this.known(kind, ids, tx)).map((row) => [row.id, row]));
    const docs = rows.map((row): Doc => ({ ...row, index: indexed(row.name, row.text) }));
    const changed = docs.filter((doc) => !isSame(doc, known.get(doc.id)));
    const found = new Set(rows.map(({ id }) => id));
    const gone = ids.filter((id) => !found.has(id));
    const touched = [...changed.map(({ id }) => id), ...gone];
    await this.db.query(
      'DELETE FROM search_docs WHERE kind = $1 AND id = ANY ($2::uuid[])',
      [KINDS[kind], touched],
      tx,
    );
    await this.db.query(
      'DELETE FROM search_fresh WHERE kind = $1 AND id = ANY ($2::uuid[])',
      [KINDS[kind], touched],
      tx,
    );
    await this.insert(kind, changed, tx);
    // A rebuild that began before may still know it.
    await this.db.query(
      `INSERT INTO search_fresh (kind, id, gone, libraries, popularity, place, name, words, terms)
       SELECT $1, id, true, '{}', 0, '', '', '', '' FROM unnest($2::uuid[]) AS id`,
      [KINDS[kind], gone],
      tx,
    );
  }

  private known(kind: SearchKind, ids: readonly string[], tx: EntityManager): Promise<Known[]> {
    return this.db.query<Known>(
      `SELECT id, name, words, libraries FROM search_fresh
       WHERE kind = $1 AND id = ANY ($2::uuid[]) AND NOT gone
       UNION ALL
       SELECT id, name, words, coalesce(search_docs.libraries, search_audiences.libraries)
       FROM search_docs LEFT JOIN search_audiences USING (audience) WHERE kind = $1 AND id = ANY ($2::uuid[])`,
      [KINDS[kind], ids],
      tx,
    );
  }

  private async insert(kind: SearchKind, docs: readonly Doc[], tx: EntityManager): Promise<void> {
    const source = bulkRows(docs, [
      { name: 'id', type: 'uuid', of: ({ id }) => id },
      { name: 'libraries', type: 'text', of: ({ libraries }) => `{${libraries.join(',')}}` },
      { name: 'popularity', type: 'float8', of: ({ popularity }) => popularity },
      { name: 'place', type: 'text', of: (doc) => doc.place },
      { name: 'name', type: 'text', of: ({ index }) => index.name },
      { name: 'words', type: 'text', of: ({ index }) => index.words },
      { name: 'terms', type: 'tsvector', of: ({ index }) => lexemes(index.terms) },
    ]);
    await this.db.query(
      `INSERT INTO search_fresh (kind, gone, ${source.names})
       SELECT ${KINDS[kind]}, false, id, libraries::uuid[], popularity, place, name, words, terms FROM ${source.from}`,
      source.params,
      tx,
    );
  }

  private async refreshPersonal(ids: readonly string[], tx: EntityManager): Promise<void> {
    if (ids.length === 0) return;
    await this.db.query('DELETE FROM search_personal WHERE id = ANY ($1::uuid[])', [ids], tx);
    const rows = await this.db.query<SourceRow & { readonly readerId: string }>(PERSONAL, [ids], tx);
    const source = bulkRows(
      rows.map((row) => ({ ...row, index: indexed(row.name, row.text) })),
      [
        { name: 'reader_id', type: 'uuid', of: ({ readerId }) => readerId },
        { name: 'id', type: 'uuid', of: ({ id }) => id },
        { name: 'popularity', type: 'float8', of: ({ popularity }) => popularity },
        { name: 'place', type: 'text', of: (row) => row.place },
        { name: 'name', type: 'text', of: ({ index }) => index.name },
        { name: 'words', type: 'text', of: ({ index }) => index.words },
      ],
    );
    await this.db.query(bulkInsert('search_personal', source), source.params, tx);
  }

  private async refreshLyrics(ids: readonly string[], tx: EntityManager): Promise<void> {
    if (ids.length === 0) return;
    await this.db.query('DELETE FROM search_lyrics WHERE track_id = ANY ($1::uuid[])', [ids], tx);
    const rows = await this.db.query<{ trackId: string; text: string }>(
      `SELECT track_id AS "trackId", string_agg(text, E'\\n' ORDER BY position) AS text FROM lyrics
       WHERE track_id = ANY ($1::uuid[]) GROUP BY track_id`,
      [ids],
      tx,
    );
    const source = bulkRows(rows, [
      { name: 'track_id', type: 'uuid', of: ({ trackId }) => trackId },
      { name: 'terms', type: 'tsvector', of: ({ text }) => lexemes(lyricsTerms(text)) },
    ]);
    await this.db.query(bulkInsert('search_lyrics', source), source.params, tx);
  }
}

/** A text search vector as Postgres reads it. */
const lexemes = (terms: readonly string[]): string =>
  terms.map((term) => `'${term.replace(/['\\]/g, '$&$&')}'`).join(' ');

const isSame = (doc: Doc, known: Known | undefined): boolean =>
  known !== undefined &&
  known.name === doc.index.name &&
  known.words === doc.index.words &&
  known.libraries.join() === doc.libraries.join();
