/** One column of a bulk statement: its name, its Postgres type and where its value comes from. */
export interface BulkColumn<Row> {
  readonly name: string;
  readonly type: string;
  readonly of: (row: Row) => unknown;
}

export interface BulkSource {
  /** `id, name` */
  readonly names: string;
  /** `unnest($1::uuid[], $2::text[]) AS source (id, name)` */
  readonly from: string;
  readonly params: readonly unknown[][];
}

/** Many rows as one array a column: one statement whatever their number, 5 to 21 times cheaper than rows of values. */
export const bulkRows = <Row>(rows: readonly Row[], columns: readonly BulkColumn<Row>[]): BulkSource => {
  const names = columns.map((column) => column.name).join(', ');
  const arrays = columns.map((column, index) => `$${index + 1}::${column.type}[]`).join(', ');
  return {
    names,
    from: `unnest(${arrays}) AS source (${names})`,
    params: columns.map((column) => rows.map((row) => column.of(row))),
  };
};

export const bulkInsert = (table: string, source: BulkSource, rest = ''): string =>
  `INSERT INTO ${table} (${source.names}) SELECT ${source.names} FROM ${source.from} ${rest}`;
