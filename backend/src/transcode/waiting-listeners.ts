import { DomainError } from '../common/errors.js';

/** A player needs one rendition, and for a moment two: of the rung it leaves, or of the track that comes next. */
export const MOST_PER_LISTENER = 3;
const RETRY_AFTER_SECONDS = 2;

/** Who waits for which rendition in this process. */
export class WaitingListeners {
  /** By listener, then by rendition: how many requests wait. */
  private readonly requests = new Map<string, Map<string, number>>();

  /**
   * @returns a function that ends the wait
   * @throws DomainError TOO_MANY_REQUESTS when this listener keeps as many encoders busy as one may
   */
  enter(holder: string, rendition: string): () => void {
    const own = this.requests.get(holder) ?? new Map<string, number>();
    if (!own.has(rendition) && own.size >= MOST_PER_LISTENER)
      throw new DomainError('TOO_MANY_REQUESTS', 'You wait for as many encoders as one listener may have.', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    own.set(rendition, (own.get(rendition) ?? 0) + 1);
    this.requests.set(holder, own);
    return () => {
      const left = (own.get(rendition) ?? 0) - 1;
      if (left > 0) own.set(rendition, left);
      else own.delete(rendition);
      if (own.size === 0) this.requests.delete(holder);
    };
  }

  isAwaited(rendition: string): boolean {
    return [...this.requests.values()].some((own) => own.has(rendition));
  }
}
