import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { DomainError } from '../common/errors.js';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import { hashPassword } from './passwords.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** The first administrator, made on the set-up page or unattended from the environment. */
@Injectable()
export class SetupService implements OnApplicationBootstrap {
  private done = false;

  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { admin } = this.config;
    // Looked at in any case: by the time of the first request the database may be away.
    if ((await this.isDone()) || admin === null) return;
    await this.run(admin.username, admin.password);
    log.info('the first administrator was made from the environment');
  }

  /** Once done it stays done, so every later request answers without a query. */
  async isDone(): Promise<boolean> {
    this.done ||= await this.users.hasAdministrator();
    return this.done;
  }

  /** @throws DomainError ALREADY_SET_UP; two at once make one administrator. */
  async run(username: string, password: string): Promise<User> {
    const passwordHash = await hashPassword(password);
    const user = await this.db.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('kanade setup', 0))`);
      if (await this.users.hasAdministrator(tx))
        throw new DomainError('ALREADY_SET_UP', 'Kanade has an administrator already.');
      return this.users.add(username, passwordHash, 'admin', tx);
    });
    this.done = true;
    return user;
  }
}
