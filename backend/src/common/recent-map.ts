/**
 * A map that knows what to give up: what was not asked for since it was last about to leave. A look writes one bit;
 * keeping a true order would move the entry and take the asker's name for it, which the garbage collector then has to
 * carry into its old space, once a request.
 */
export class RecentMap<Value> {
  private readonly entries = new Map<string, { readonly value: Value; used: boolean }>();

  get size(): number {
    return this.entries.size;
  }

  get(name: string): Value | undefined {
    const entry = this.entries.get(name);
    if (entry === undefined) return undefined;
    entry.used = true;
    return entry.value;
  }

  set(name: string, value: Value): void {
    this.entries.set(name, { value, used: false });
  }

  delete(name: string): Value | undefined {
    const entry = this.entries.get(name);
    this.entries.delete(name);
    return entry?.value;
  }

  /** Takes out the oldest one that nobody used; those that were used wait for another round. */
  evict(): Value | undefined {
    for (const [name, entry] of this.entries) {
      this.entries.delete(name);
      if (!entry.used) return entry.value;
      entry.used = false;
      this.entries.set(name, entry);
    }
    return undefined;
  }

  deleteWhere(matches: (value: Value) => boolean): void {
    for (const [name, { value }] of this.entries) if (matches(value)) this.entries.delete(name);
  }

  clear(): void {
    this.entries.clear();
  }
}
