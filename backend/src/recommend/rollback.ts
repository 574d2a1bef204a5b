import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Notifier } from '../database/notifier.js';
import { ModelShelf } from './model-shelf.js';

/** Which models stand on the shelf, and which of them serves. */
@Injectable()
export class Rollback {
  constructor(
    private readonly shelf: ModelShelf,
    private readonly notifier: Notifier,
  ) {}

  async standing(): Promise<{ readonly current: string | null; readonly kept: readonly string[] }> {
    return { current: await this.shelf.currentVersion(), kept: await this.shelf.versions() };
  }

  /** Lets the one before the current one serve. @throws DomainError NO_EARLIER_MODEL */
  async toPrevious(): Promise<string> {
    const { current, kept } = await this.standing();
    const earlier = kept.filter((version) => current === null || version < current);
    for (const version of earlier) {
      if (!(await this.isWhole(version))) continue;
      await this.shelf.point(version);
      await this.notifier.publish('kanade_model', { version });
      return version;
    }
    throw new DomainError('NO_EARLIER_MODEL', 'There is no earlier model that could serve.');
  }

  private async isWhole(version: string): Promise<boolean> {
    try {
      await this.shelf.read(version);
      return true;
    } catch {
      // One that is broken is passed over: the one before it may be whole.
      return false;
    }
  }
}
