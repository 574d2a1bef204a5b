import { Injectable } from '@nestjs/common';
import type { Role } from '../common/access.js';
import { Database } from '../database/database.js';
import { seenByBoth, type Visible } from '../libraries/seen.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import type { Rules } from './rules.js';
import { SmartReads, type Found } from './smart-reads.js';

export interface SmartList {
  readonly id: string;
  readonly ownerId: string;
  readonly rules: Rules;
}

export interface Reader {
  readonly userId: string;
  readonly visible: Visible;
}

/**
 * Lists by a rule, as somebody reads them: found by what their owner likes, rates and plays, so that everybody reads the
 * same list (docs/adr/0017), among the tracks that both of them see.
 */
@Injectable()
export class SmartLists {
  constructor(
    private readonly db: Database,
    private readonly smart: SmartReads,
    private readonly libraries: VisibleLibraries,
  ) {}

  /** A part of it, in its order. @throws DomainError RULES_TOO_SLOW */
  async find(
    list: SmartList,
    reader: Reader,
    part: { readonly from: number; readonly limit: number },
  ): Promise<string[]> {
    // What is in no order is in another one each day.
    const seed = `${list.id} ${new Date().toISOString().slice(0, 10)}`;
    return this.smart.find(list.ownerId, list.rules, seed, await this.seen(list, reader), part);
  }

  /** @throws DomainError RULES_TOO_SLOW */
  async count(list: SmartList, reader: Reader): Promise<Found> {
    return this.smart.count(list.ownerId, list.rules, await this.seen(list, reader));
  }

  private async seen({ ownerId }: SmartList, { userId, visible }: Reader): Promise<Visible> {
    if (userId === ownerId) return visible;
    const owner = await this.db.first<{ role: Role }>('SELECT role FROM users WHERE id = $1', [ownerId]);
    if (owner === undefined) return [];
    return seenByBoth(visible, await this.libraries.of({ userId: ownerId, role: owner.role }));
  }
}
