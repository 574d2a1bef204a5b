import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Database } from '../database/database.js';

export interface HealthProblem {
  readonly code: string;
  readonly message: string;
}

export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly version: string;
  readonly problems: readonly HealthProblem[];
}

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** What is known to be less than it should be. Rooms and main.ts report; nothing here looks by itself but the database. */
@Injectable()
export class HealthService implements OnApplicationBootstrap {
  private readonly problems = new Map<string, string>();

  constructor(private readonly db: Database) {}

  async onApplicationBootstrap(): Promise<void> {
    const row = await this.db.first<{ blind: boolean }>(
      `SELECT cardinality(show_trgm('水無月')) = 0 AS blind`,
    );
    if (row?.blind === true)
      this.report(
        'SEARCH_SLOW',
        'The database’s LC_CTYPE knows only ASCII letters, so search in other scripts is slow. Create it with LC_CTYPE C.UTF-8.',
      );
  }

  report(code: string, message: string): void {
    this.problems.set(code, message);
  }

  clear(code: string): void {
    this.problems.delete(code);
  }

  /** @throws when the database does not answer, which the filter turns into 503. */
  async check(): Promise<Health> {
    const held = await this.db.query<{ name: string; reason: string }>(
      'SELECT name, held_reason AS reason FROM libraries WHERE held_code IS NOT NULL',
    );
    const problems = [
      ...Array.from(this.problems, ([code, message]) => ({ code, message })),
      ...held.map((library) => ({ code: 'LIBRARY_HELD', message: `${library.name}: ${library.reason}` })),
    ];
    return { status: problems.length === 0 ? 'ok' : 'degraded', version, problems };
  }

  /** All four states, the empty ones as well, so that a series never stands still at an old value. */
  countFiles(): Promise<readonly { readonly state: string; readonly count: number }[]> {
    return this.db.query(
      `SELECT s.state, count(f.id)::int AS count
         FROM unnest(ARRAY['pending', 'ready', 'rejected', 'missing']) AS s(state)
         LEFT JOIN files f USING (state) GROUP BY s.state`,
    );
  }
}
