/** One column of a bulk statement: its name, its Postgres type and where its value comes from. */
export interface BulkColumn<Row> {
  readonly name: string;
  readonly type: string;
  readonly of: (row: Row) => unknown;
}

export interface BulkSource {
  /** `id, name` */
  readonly names: string;
  /** The same as they are inserted. */
  readonly values: string;
  /** `unnest($1::uuid[], $2::text[]) AS source (id, name)` */
  readonly from: string;
  readonly params: readonly unknown[][];
}

const BETWEEN = '\u001f';
const isList = ({ type }: { readonly type: string }): boolean => type === 'text[]';

/** SQL: a list as a source holds it, for which `unnest` has no type of its own; null for an empty one. */
export const listOf = (column: string): string => `string_to_array(${column}, '${BETWEEN}')`;

/** Many rows as one array a column: one statement whatever their number, 5 to 21 times cheaper than rows of values. */
export const bulkRows = <Row>(rows: readonly Row[], columns: readonly BulkColumn<Row>[]): BulkSource => {
  const names = columns.map((column) => column.name).join(', ');
  const types = columns.map((column) => (isList(column) ? column.type : `${column.type}[]`));
  return {
    names,
    values: columns
      .map((column) => (isList(column) ? `coalesce(${listOf(column.name)}, '{}')` : column.name))
      .join(', '),
    from: `unnest(${types.map((type, index) => `$${index + 1}::${type}`).join(', ')}) AS source (${names})`,
    params: columns.map((column) =>
      rows.map((row) => {
        const value = column.of(row);
        return isList(column) && Array.isArray(value) ? value.join(BETWEEN) || null : value;
      }),
    ),
  };
};

export const bulkInsert = (table: string, source: BulkSource, rest = ''): string =>
  `INSERT INTO ${table} (${source.names}) SELECT ${source.values} FROM ${source.from} ${rest}`;
