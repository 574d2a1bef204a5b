import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';

/** A download takes as much of the line as it gets: so few at once that nobody who listens notices. */
export const MOST_AT_ONCE = 12;
export const MOST_OF_ONE = 3;

/** How many files leave this process at once. */
@Injectable()
export class DownloadPlaces {
  private readonly running = new Map<string, number>();

  /** @returns what gives the place back, once. @throws DomainError TOO_MANY_REQUESTS */
  enter(userId: string): () => void {
    const own = this.running.get(userId) ?? 0;
    const all = [...this.running.values()].reduce((sum, each) => sum + each, 0);
    if (own >= MOST_OF_ONE || all >= MOST_AT_ONCE)
      throw new DomainError('TOO_MANY_REQUESTS', 'Too many downloads at once. Let one end first.', {
        retryAfterSeconds: 10,
      });
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
