/** What was told within the last minutes need not be told again; the longest ago is forgotten beyond a number. */
export class ToldLately {
  private readonly told = new Map<string, number>();

  constructor(
    private readonly againAfterMs: number,
    private readonly most: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether this is to be told now; then it counts as told. */
  take(name: string): boolean {
    const before = this.told.get(name);
    const now = this.now();
    if (before !== undefined && now - before < this.againAfterMs) return false;
    this.told.delete(name);
    this.told.set(name, now);
    const [oldest] = this.told.keys();
    if (this.told.size > this.most && oldest !== undefined) this.told.delete(oldest);
    return true;
  }

  /** Somebody has come who heard none of it. */
  clear(): void {
    this.told.clear();
  }

  /** It did not arrive. */
  forget(name: string): void {
    this.told.delete(name);
  }
}
