/** The parameters of a query that is put together from parts: each part adds its own and gets its number. */
export class SqlParams {
  private readonly added: unknown[] = [];

  /** @returns the parameter as SQL names it, `$1` for the first */
  readonly add = (value: unknown): string => `$${this.added.push(value)}`;

  get values(): readonly unknown[] {
    return this.added;
  }
}
