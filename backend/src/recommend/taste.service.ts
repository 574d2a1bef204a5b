import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Taste, TasteChange } from './taste.dto.js';
import { Weights } from './weights.js';

interface Row {
  readonly adventure: number;
  readonly timeZone: string;
  readonly beganAt: Date | null;
}

const NOTHING_SAID: Row = { adventure: 0, timeZone: 'UTC', beganAt: null };

/** How somebody wants to be served. */
@Injectable()
export class TasteService {
  constructor(
    private readonly db: Database,
    private readonly weights: Weights,
  ) {}

  async get(userId: string): Promise<Taste> {
    const row = await this.db.first<Row>(
      `SELECT adventure, time_zone AS "timeZone", taste_from AS "beganAt" FROM taste_settings WHERE user_id = $1`,
      [userId],
    );
    const { beganAt, ...said } = row ?? NOTHING_SAID;
    return { ...said, beganAt: beganAt?.toISOString() ?? null };
  }

  async change(userId: string, { adventure, timeZone }: TasteChange): Promise<Taste> {
    await this.db.query(
      `INSERT INTO taste_settings AS kept (user_id, adventure, time_zone)
       VALUES ($1, coalesce($2::smallint, 0), coalesce($3, 'UTC'))
       ON CONFLICT (user_id) DO UPDATE SET adventure = coalesce($2::smallint, kept.adventure),
         time_zone = coalesce($3, kept.time_zone), updated_at = now()`,
      [userId, adventure ?? null, timeZone ?? null],
    );
    return this.get(userId);
  }

  /** From now on they are somebody of whom nothing is known; their history stays, and what they blocked. */
  async beginAnew(userId: string): Promise<Taste> {
    await this.db.transaction(async (tx) => {
      await this.db.query(
        `INSERT INTO taste_settings (user_id, taste_from) VALUES ($1, now())
         ON CONFLICT (user_id) DO UPDATE SET taste_from = now(), updated_at = now()`,
        [userId],
        tx,
      );
      await this.weights.noteListener(userId, tx);
    });
    await this.weights.refreshOf(userId);
    return this.get(userId);
  }
}
