/** Beyond this many names the one that came longest ago is forgotten. */
const MOST_NAMES = 10_000;

/** So many batches a minute for each name; what is beyond is refused until time has made room. */
export class BatchAllowance {
  private readonly left = new Map<string, { readonly count: number; readonly at: number }>();

  constructor(
    private readonly aMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @returns the seconds to wait; 0 where it was allowed */
  take(name: string): number {
    const now = this.now();
    const before = this.left.get(name) ?? { count: this.aMinute, at: now };
    const count = Math.min(this.aMinute, before.count + ((now - before.at) * this.aMinute) / 60_000);
    this.left.delete(name);
    this.left.set(name, { count: count < 1 ? count : count - 1, at: now });
    const [oldest] = this.left.keys();
    if (this.left.size > MOST_NAMES && oldest !== undefined) this.left.delete(oldest);
    return count < 1 ? Math.ceil(((1 - count) * 60) / this.aMinute) : 0;
  }
}
