import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { decodeIdCursor, toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import type { AuditEntryDto } from './audit.dto.js';
import type { SignedIn } from './signed-in.js';

/** What is worth asking about later; a room that adds an action adds its name here. */
export type AuditAction =
  | 'user.add'
  | 'user.change'
  | 'user.remove'
  | 'invitation.make'
  | 'invitation.withdraw'
  | 'invitation.accept'
  | 'library.scan'
  | 'library.confirm'
  | 'library.change'
  | 'recommender.train'
  | 'recommender.rollback';

export interface AuditEntry {
  readonly actor: Pick<SignedIn, 'userId' | 'username'>;
  readonly action: AuditAction;
  readonly targetId?: string;
  /** Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What administrators and curators did. Only ever added to. */
@Injectable()
export class AuditLog {
  constructor(private readonly db: Database) {}

  /** In the transaction of what it tells of: neither stands without the other. */
  async write({ actor, action, targetId, details = {} }: AuditEntry, tx?: EntityManager): Promise<void> {
    await this.db.query(
      `INSERT INTO audit_log (id, actor_id, actor_name, action, target_id, details) VALUES ($1, $2, $3, $4, $5, $6)`,
      [newId(), actor.userId, actor.username, action, targetId ?? null, JSON.stringify(details)],
      tx,
    );
  }

  /** Newest first. */
  async page({ limit, cursor }: PageQuery): Promise<Page<AuditEntryDto>> {
    const rows = await this.db.query<Omit<AuditEntryDto, 'at'> & { readonly at: Date }>(
      `SELECT id, at, actor_name AS "actorName", action, target_id AS "targetId", details
         FROM audit_log WHERE $1::uuid IS NULL OR id < $1::uuid ORDER BY id DESC LIMIT $2`,
      [decodeIdCursor('audit', cursor), limit + 1],
    );
    return toPage(
      rows,
      limit,
      (row) => ({ ...row, at: row.at.toISOString() }),
      ({ id }) => ['audit', id],
    );
  }
}
