import { Injectable } from '@nestjs/common';
import { ROLES, reaches, type Role } from '../common/access.js';
import { isDatabaseUnavailable } from '../common/problem.js';
import { Database } from '../database/database.js';
import type { Visible } from './seen.js';

/** Whose eyes a catalogue is read with. */
export interface Viewer {
  readonly userId: string;
  readonly role: Role;
}

const REMEMBERED = 20_000;

/** Which libraries somebody sees: all as an administrator, else those open to their role and those they are named for. */
@Injectable()
export class VisibleLibraries {
  /** While the database is away people see what they saw last. */
  private readonly last = new Map<string, Visible>();

  constructor(private readonly db: Database) {}

  async of(viewer: Viewer): Promise<Visible> {
    if (viewer.role === 'admin') return null;
    try {
      const visible = await this.read(viewer);
      this.remember(viewer.userId, visible);
      return visible;
    } catch (error) {
      const known = this.last.get(viewer.userId);
      if (known === undefined || !isDatabaseUnavailable(error)) throw error;
      return known;
    }
  }

  private async read({ userId, role }: Viewer): Promise<Visible> {
    const rows = await this.db.query<{ readonly id: string; readonly seen: boolean }>(
      `SELECT id, coalesce(open_role = ANY($2::text[]), false) OR EXISTS (
         SELECT FROM library_members WHERE library_id = libraries.id AND user_id = $1) AS seen FROM libraries`,
      [userId, ROLES.filter((least) => reaches(role, least))],
    );
    return rows.every(({ seen }) => seen) ? null : rows.flatMap(({ id, seen }) => (seen ? [id] : []));
  }

  private remember(userId: string, visible: Visible): void {
    this.last.delete(userId);
    this.last.set(userId, visible);
    const [oldest] = this.last.keys();
    if (this.last.size > REMEMBERED && oldest !== undefined) this.last.delete(oldest);
  }
}
