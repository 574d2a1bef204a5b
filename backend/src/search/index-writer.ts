import type { Database } from '../database/database.js';
import { bulkRows, type BulkColumn } from '../catalog/bulk-rows.js';
import { next } from './index-tables.js';
import { tiersOf, type IndexList } from './prefix-lists.js';

interface PrefixRow {
  readonly prefix: string;
  readonly tier: number;
  readonly total: number | null;
  readonly ids: string;
}

interface WordRow {
  readonly word: string;
  readonly ids: string;
}

/** Numbers a statement carries: a few megabytes of text. */
const MOST_NUMBERS = 200_000;
const MOST_ROWS = 5000;

const LIST: BulkColumn<{ readonly ids: string }> = { name: 'list', type: 'text', of: ({ ids }) => ids };

const listText = (things: Int32Array): string => `{${things.join(',')}}`;

/** Writes the lists of one kind, some thousand at a time. */
export class IndexWriter {
  private prefixes: PrefixRow[] = [];
  private words: WordRow[] = [];
  private numbers = 0;

  constructor(
    private readonly db: Database,
    private readonly kind: number,
  ) {}

  async add(list: IndexList): Promise<void> {
    if (list.kind === 'word') this.words.push({ word: list.word, ids: listText(list.things) });
    else
      for (const { tier, things } of tiersOf(list.things))
        this.prefixes.push({
          prefix: list.prefix,
          tier,
          total: tier === 0 ? list.things.length : null,
          ids: listText(things),
        });
    this.numbers += list.things.length;
    if (this.numbers > MOST_NUMBERS || this.words.length >= MOST_ROWS) await this.flush();
  }

  async flush(): Promise<void> {
    await this.insert(next('search_prefixes'), this.prefixes, [
      { name: 'prefix', type: 'text', of: ({ prefix }) => prefix },
      { name: 'tier', type: 'smallint', of: ({ tier }) => tier },
      { name: 'total', type: 'int', of: ({ total }) => total },
    ]);
    await this.insert(next('search_words'), this.words, [
      { name: 'word', type: 'text', of: ({ word }) => word },
    ]);
    this.prefixes = [];
    this.words = [];
    this.numbers = 0;
  }

  private async insert<Row extends { readonly ids: string }>(
    table: string,
    rows: readonly Row[],
    columns: readonly BulkColumn<Row>[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const { from, params } = bulkRows(rows, [LIST, ...columns]);
    const own = columns.map(({ name }) => name).join(', ');
    // Lists of different length are no array of arrays: each comes as the text of one.
    await this.db.query(
      `INSERT INTO ${table} (kind, ids, ${own}) SELECT ${this.kind}, list::int[], ${own} FROM ${from}`,
      params,
    );
  }
}

export interface DocRow {
  readonly d: number;
  readonly audience: number;
  readonly id: string;
  readonly popularity: number;
  readonly place: string;
  readonly name: string;
  readonly words: string;
  /** Only of those whose audience has no number. */
  readonly libraries: string | null;
}

const DOC_COLUMNS: readonly BulkColumn<DocRow>[] = [
  { name: 'd', type: 'int', of: ({ d }) => d },
  { name: 'audience', type: 'smallint', of: ({ audience }) => audience },
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'popularity', type: 'float8', of: ({ popularity }) => popularity },
  { name: 'place', type: 'text', of: ({ place }) => place },
  { name: 'name', type: 'text', of: ({ name }) => name },
  { name: 'words', type: 'text', of: ({ words }) => words },
];
const LIBRARIES: BulkColumn<DocRow> = { name: 'lies_in', type: 'text', of: ({ libraries }) => libraries };

export const writeDocs = async (db: Database, kind: number, docs: readonly DocRow[]): Promise<void> => {
  if (docs.length === 0) return;
  const { from, params } = bulkRows(docs, [LIBRARIES, ...DOC_COLUMNS]);
  const own = DOC_COLUMNS.map(({ name }) => name).join(', ');
  await db.query(
    `INSERT INTO ${next('search_docs')} (kind, libraries, ${own}) SELECT ${kind}, lies_in::uuid[], ${own} FROM ${from}`,
    params,
  );
};
