import type { Database } from '../database/database.js';

const PAGE = 500;

/** All rows of a question that ends in `AND x.id > $1 ORDER BY x.id LIMIT $2`, a page at a time. */
export async function* rowsOf<Row extends { readonly id: string }>(
  db: Database,
  sql: string,
): AsyncGenerator<Row> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await db.query<Row>(sql, [after, PAGE]);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}

/** How many of a kind are read in full unless all are asked for. */
const SAMPLE = 200;

/** Whether to read the next one in full, so that about SAMPLE of `count` are. */
export const sampler = (deep: boolean, count: number): (() => boolean) =>
  deep || count <= SAMPLE ? () => true : () => Math.random() < SAMPLE / count;
