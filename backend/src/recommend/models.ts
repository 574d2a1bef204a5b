import { ModelStore, ServedModel } from '@kanade/ml';
import { Injectable } from '@nestjs/common';
import { log } from '../common/log.js';
import { toRecommender, type Recommender } from './model-shelf.js';

/** What could not be read is not tried again at once: it is large. */
const PATIENCE_MS = 30_000;

/** The model that serves, in the memory of this process; it follows what is made current, here or elsewhere. */
@Injectable()
export class Models {
  private readonly served: ServedModel<Recommender>;
  private refusedAt = -Infinity;
  private told = '';

  constructor(store: ModelStore) {
    this.served = new ServedModel(store, toRecommender);
  }

  /** The one before, while the current one cannot be read; null where there is none. Never throws for a broken one. */
  async current(): Promise<Recommender | null> {
    if (performance.now() - this.refusedAt > PATIENCE_MS) {
      const { refusal } = await this.served.look();
      if (refusal !== null && refusal.code !== 'NONE') this.refused(refusal.message);
    }
    return this.served.current?.made ?? null;
  }

  private refused(reason: string): void {
    this.refusedAt = performance.now();
    if (reason === this.told) return;
    this.told = reason;
    log.warn({ reason, serving: this.served.current?.version ?? 'none' }, 'the model cannot be read');
  }
}
