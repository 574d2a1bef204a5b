import { Injectable } from '@nestjs/common';
import type { Role } from '../common/access.js';
import { Database } from '../database/database.js';
import { JobQueue } from '../jobs/job-queue.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { weekOf } from './week.js';
import { WeeklyMaker } from './weekly-maker.js';

/** As many are asked for at a look; the others are by the next. */
const AT_ONCE = 200;

/** In the worker: makes the lists of a week as it begins where their listeners are. */
@Injectable()
export class WeeklyJob {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
    private readonly libraries: VisibleLibraries,
    private readonly maker: WeeklyMaker,
  ) {}

  async run(userId: string): Promise<void> {
    const user = await this.db.first<{ role: Role; timeZone: string }>(
      `SELECT role, coalesce(time_zone, 'UTC') AS "timeZone" FROM users
         LEFT JOIN taste_settings ON user_id = users.id WHERE users.id = $1 AND disabled_at IS NULL`,
      [userId],
    );
    if (user === undefined) return;
    const visible = await this.libraries.of({ userId, role: user.role });
    await this.maker.make(userId, weekOf(new Date(), user.timeZone), visible);
  }

  /** Everybody who hears something here, and has no list of the week that it is where they are. */
  async askForMissing(now: Date): Promise<void> {
    const zones = await this.db.query<{ zone: string }>(
      `SELECT DISTINCT time_zone AS zone FROM taste_settings UNION SELECT 'UTC'`,
    );
    const rows = await this.db.query<{ userId: string }>(
      `SELECT users.id AS "userId" FROM users LEFT JOIN taste_settings ON user_id = users.id
         JOIN unnest($1::text[], $2::date[]) AS now (zone, week) ON now.zone = coalesce(time_zone, 'UTC')
        WHERE disabled_at IS NULL
          AND EXISTS (SELECT FROM listener_weights WHERE listener_weights.user_id = users.id)
          AND NOT EXISTS (SELECT FROM weekly_lists WHERE weekly_lists.user_id = users.id AND weekly_lists.week >= now.week)
        ORDER BY users.id LIMIT ${AT_ONCE}`,
      [zones.map(({ zone }) => zone), zones.map(({ zone }) => weekOf(now, zone))],
    );
    await this.jobs.enqueueMany('recommend.weekly', rows);
  }
}
