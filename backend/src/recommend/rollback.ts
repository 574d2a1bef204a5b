import { ModelDirectoryError, ModelStore } from '@kanade/ml';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';

/** Which models are kept, and which of them serves. */
@Injectable()
export class Rollback {
  constructor(private readonly store: ModelStore) {}

  /** Newest first. */
  async standing(): Promise<{ readonly current: string | null; readonly kept: readonly string[] }> {
    const kept = await this.store.versions();
    return { current: await this.store.currentVersion(), kept: kept.reverse() };
  }

  /** Lets the one before the current one serve; one that is broken is passed over. @throws DomainError NO_EARLIER_MODEL */
  async toPrevious(): Promise<string> {
    try {
      return await this.store.rollBack();
    } catch (cause) {
      if (!(cause instanceof ModelDirectoryError) || cause.code !== 'NOTHING_OLDER') throw cause;
      throw new DomainError('NO_EARLIER_MODEL', 'There is no earlier model that could serve.', { cause });
    }
  }
}
