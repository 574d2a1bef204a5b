import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import { Audiences } from './audiences.js';
import { FOLD_FRESH, INDEX_NEXT, MAKE_NEXT, next, TAKE_OVER } from './index-tables.js';
import { indexed, postingTerms } from './index-terms.js';
import { IndexWriter, writeDocs, type DocRow } from './index-writer.js';
import { EVERYBODY, KINDS, SEARCH_KINDS, type SearchKind } from './kinds.js';
import { Postings } from './postings.js';
import { indexLists } from './prefix-lists.js';
import { INDEX_LOCK, SearchRefresh } from './search-refresh.js';
import { SOURCES, type SourceRow } from './sources.js';

const BATCH = 5000;
/** A posting is d << 8 | audience in 32 bits with a sign; what is less popular is found by nothing but its exact name. */
const MOST_DOCS = 1 << 23;

/**
 * Builds the index anew: everything in the order of popularity, each thing under its words. Searching goes on meanwhile
 * in the old one, and what changes meanwhile stays beside the new one.
 */
@Injectable()
export class SearchRebuild {
  constructor(
    private readonly db: Database,
    private readonly refresh: SearchRefresh,
  ) {}

  /** @returns false when another process is at it. @throws when stopped; the old index stays */
  async run(signal: AbortSignal): Promise<boolean> {
    const ran = await this.db.withAdvisoryLock('search rebuild', () => this.rebuild(signal));
    return ran !== null;
  }

  private async rebuild(signal: AbortSignal): Promise<true> {
    const began = performance.now();
    await this.refresh.addMissing();
    for (const statement of MAKE_NEXT) await this.db.query(statement);
    const audiences = new Audiences(await this.usualSets());
    let docs = 0;
    const folded = await this.withSnapshot(async (snapshot) => {
      for (const kind of SEARCH_KINDS) docs += await this.buildKind(kind, audiences, snapshot, signal);
    });
    await this.db.query(
      `INSERT INTO ${next('search_audiences')} (audience, libraries)
       SELECT number, libraries::uuid[] FROM unnest($1::smallint[], $2::text[]) AS made (number, libraries)`,
      [
        audiences.numbered.map(({ number }) => number),
        audiences.numbered.map(({ libraries }) => `{${libraries.join(',')}}`),
      ],
    );
    for (const statement of INDEX_NEXT) await this.db.query(statement);
    signal.throwIfAborted();
    await this.takeOver(folded, { docs, tookMs: Math.round(performance.now() - began) });
    log.info({ docs, ms: Math.round(performance.now() - began) }, 'the search index was built');
    return true;
  }

  /** A library alone is what nearly everything is seen through: they get their numbers first. */
  private async usualSets(): Promise<string[][]> {
    const rows = await this.db.query<{ id: string }>(
      'SELECT id FROM libraries ORDER BY created_at, id LIMIT 200',
    );
    return [[EVERYBODY], ...rows.map(({ id }) => [id])];
  }

  /** Runs `work` on the catalogue as it is now. @returns the last change that is in it */
  private withSnapshot(work: (snapshot: EntityManager) => Promise<void>): Promise<string> {
    return this.db.source.transaction('REPEATABLE READ', async (snapshot) => {
      const last = await this.db.transaction(async (tx) => {
        await this.db.query(`SELECT ${INDEX_LOCK}`, [], tx);
        // The first query of a transaction takes its snapshot: here, while nothing is brought to the fresh rows.
        const row = await this.db.first<{ n: string }>(
          'SELECT coalesce(max(n), 0) AS n FROM search_fresh',
          [],
          snapshot,
        );
        return row?.n ?? '0';
      });
      await work(snapshot);
      return last;
    });
  }

  /** @returns how many things of the kind there are */
  private async buildKind(
    kind: SearchKind,
    audiences: Audiences,
    snapshot: EntityManager,
    signal: AbortSignal,
  ): Promise<number> {
    const postings = new Postings();
    let d = 0;
    await this.db.query(
      `DECLARE found NO SCROLL CURSOR FOR SELECT * FROM (${SOURCES[kind]('true')}) AS source
       ORDER BY popularity DESC, place, id`,
      [],
      snapshot,
    );
    for (;;) {
      signal.throwIfAborted();
      const rows = await this.db.query<SourceRow>(`FETCH ${BATCH} FROM found`, [], snapshot);
      if (rows.length === 0) break;
      const docs = rows.map((row): DocRow => {
        const index = indexed(row.name, row.text);
        const audience = audiences.numberOf(row.libraries);
        const doc: DocRow = {
          d: d++,
          audience,
          id: row.id,
          popularity: row.popularity,
          place: row.place,
          name: index.name,
          words: index.words,
          libraries: audience > 0 ? null : `{${row.libraries.join(',')}}`,
        };
        if (doc.d < MOST_DOCS)
          for (const term of postingTerms(index)) postings.add(term, (doc.d << 8) | audience);
        return doc;
      });
      await writeDocs(this.db, KINDS[kind], docs);
    }
    await this.db.query('CLOSE found', [], snapshot);
    const writer = new IndexWriter(this.db, KINDS[kind]);
    for (const list of indexLists(postings.sorted())) {
      signal.throwIfAborted();
      await writer.add(list);
    }
    await writer.flush();
    return d;
  }

  private async takeOver(
    folded: string,
    state: { readonly docs: number; readonly tookMs: number },
  ): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.db.query(`SELECT ${INDEX_LOCK}`, [], tx);
      await this.db.query(FOLD_FRESH, [folded], tx);
      for (const statement of TAKE_OVER) await this.db.query(statement, [], tx);
      await this.db.query(
        'UPDATE search_state SET built_at = now(), took_ms = $1, docs = $2',
        [state.tookMs, state.docs],
        tx,
      );
    });
  }
}
