import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { shareHolder } from '../streaming/share-holder.js';
import { Revocations } from '../users/revocations.js';
import { newSessionToken } from '../users/session-token.js';
import type { SignedIn } from '../users/signed-in.js';
import { ShareRepository, shareNotFound } from './share.repository.js';
import { SharedItems } from './shared-items.js';
import type { MadeShareDto, NewShareBody } from './shares.dto.js';

/** What people share of what they see. */
@Injectable()
export class SharesService {
  constructor(
    private readonly db: Database,
    private readonly shares: ShareRepository,
    private readonly items: SharedItems,
    private readonly libraries: VisibleLibraries,
    private readonly revocations: Revocations,
  ) {}

  /** @returns with the link's token, which nobody can read again; people who are named need none. */
  async make(maker: SignedIn, body: NewShareBody): Promise<MadeShareDto> {
    const item = await this.items.find(
      { kind: body.kind, itemId: body.id, makerId: maker.userId },
      await this.libraries.of(maker),
    );
    if (item === undefined)
      throw new DomainError('NOT_FOUND', `There is no such ${body.kind}.`, { field: 'id' });
    const token = body.people.length === 0 ? newSessionToken() : null;
    return { ...(await this.shares.add(maker.userId, body, token)), token };
  }

  /** With every address that was signed for it, within the seconds that a notification takes. @throws SHARE_NOT_FOUND */
  async revoke(maker: SignedIn, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      if (!(await this.shares.revoke(maker.userId, id, tx))) throw shareNotFound();
      await this.revocations.revoke(shareHolder(maker.userId, id), tx);
    });
  }
}
