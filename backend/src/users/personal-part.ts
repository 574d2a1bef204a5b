/** What a room keeps of a person, for their export: a part is a list of rows. Secrets and their hashes are no part. */
export interface PersonalPart {
  /** Its name in the export. */
  readonly name: string;
  /**
   * The columns that name a person, `table.column`, of which this part tells; a test compares all parts with the
   * schema. A table that names nobody, and belongs to one that does, is told as `table.*`.
   */
  readonly tells: readonly string[];
  /** What is told of a row, as SQL. */
  readonly columns: string;
  readonly from: string;
  /** `$1` is the person. */
  readonly where: string;
  /** A UUID that no two of the person's rows share: the order of the rows, and where the next page begins. */
  readonly key: string;
}
