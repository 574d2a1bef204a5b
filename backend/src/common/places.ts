import { DomainError } from './errors.js';

export interface PlaceLimits {
  readonly all: number;
  readonly ofOne: number;
  /** What somebody is told for whom there is none. */
  readonly complaint: string;
}

/** How many pieces of some work this process does at once, for one person and for all. */
export class Places {
  private readonly running = new Map<string, number>();

  constructor(private readonly limits: PlaceLimits) {}

  /** @returns what gives the place back, once. @throws DomainError TOO_MANY_REQUESTS */
  enter(userId: string): () => void {
    const own = this.running.get(userId) ?? 0;
    const all = [...this.running.values()].reduce((sum, each) => sum + each, 0);
    if (own >= this.limits.ofOne || all >= this.limits.all)
      throw new DomainError('TOO_MANY_REQUESTS', this.limits.complaint, { retryAfterSeconds: 10 });
    this.running.set(userId, own + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const now = this.running.get(userId) ?? 1;
      if (now > 1) this.running.set(userId, now - 1);
      else this.running.delete(userId);
    };
  }
}
