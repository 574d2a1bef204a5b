import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { reaches, type Role } from '../common/access.js';
import { isDatabaseUnavailable } from '../common/problem.js';
import { Database } from '../database/database.js';
import type { Visible } from './seen.js';

/** Whose eyes a catalogue is read with. */
export interface Viewer {
  readonly userId: string;
  readonly role: Role;
}

interface Openness {
  readonly id: string;
  readonly openRole: Role | null;
}

const REMEMBERED = 20_000;

const isOpenTo = (role: Role, { openRole }: Openness): boolean =>
  openRole !== null && reaches(role, openRole);

/** Which libraries somebody sees: all as an administrator, else those open to their role and those they are named for. */
@Injectable()
export class VisibleLibraries implements OnApplicationBootstrap {
  /** While the database is away people see what they saw last, and strangers what is open to their role. */
  private readonly last = new Map<string, Visible>();
  private libraries: readonly Openness[] = [];

  constructor(private readonly db: Database) {}

  async onApplicationBootstrap(): Promise<void> {
    this.libraries = await this.db.query<Openness>('SELECT id, open_role AS "openRole" FROM libraries');
  }

  async of(viewer: Viewer): Promise<Visible> {
    const { userId, role } = viewer;
    if (role === 'admin') return null;
    try {
      const visible = await this.read(viewer);
      this.remember(userId, visible);
      return visible;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      const known = this.last.get(userId);
      if (known !== undefined) return known;
      return this.libraries.flatMap((library) => (isOpenTo(role, library) ? [library.id] : []));
    }
  }

  private async read({ userId, role }: Viewer): Promise<Visible> {
    const rows = await this.db.query<Openness & { readonly isNamed: boolean }>(
      `SELECT id, open_role AS "openRole", EXISTS (
         SELECT FROM library_members WHERE library_id = libraries.id AND user_id = $1) AS "isNamed" FROM libraries`,
      [userId],
    );
    this.libraries = rows;
    const seen = rows.filter((row) => row.isNamed || isOpenTo(role, row));
    return seen.length === rows.length ? null : seen.map(({ id }) => id);
  }

  private remember(userId: string, visible: Visible): void {
    this.last.delete(userId);
    this.last.set(userId, visible);
    const [oldest] = this.last.keys();
    if (this.last.size > REMEMBERED && oldest !== undefined) this.last.delete(oldest);
  }
}
