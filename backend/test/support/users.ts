import type { Database } from '../../src/database/database.js';
import { AccountRights } from '../../src/users/account-rights.js';
import { Accounts } from '../../src/users/accounts.js';
import { ApiKeys } from '../../src/users/api-keys.js';
import { AuditLog } from '../../src/users/audit-log.js';
import { Credentials } from '../../src/users/credentials.js';
import { Invitations } from '../../src/users/invitations.js';
import { Revocations } from '../../src/users/revocations.js';
import { SessionCookies } from '../../src/users/session-cookies.js';
import { SessionMemory } from '../../src/users/session-memory.js';
import { SessionService } from '../../src/users/session.service.js';
import { SignInLimits } from '../../src/users/sign-in-limits.js';
import { UserRepository } from '../../src/users/user.repository.js';
import { testConfig } from './config.js';

/** A device at an address of the tests' own network. */
export const device = (last = 1) => ({ address: `192.0.2.${last}`, userAgent: 'a test' });

/** The room of accounts, put together as the API process does it. */
export const makeUsers = (db: Database, revocations: Revocations) => {
  const memory = new SessionMemory();
  const users = new UserRepository(db);
  const limits = new SignInLimits(db);
  const audit = new AuditLog(db);
  return {
    users,
    audit,
    sessions: new SessionService(db, users, limits, revocations, memory),
    credentials: new Credentials(db, memory, new SessionCookies(testConfig())),
    keys: new ApiKeys(db, revocations),
    accounts: new Accounts(db, users, limits, new AccountRights(db, revocations), audit),
    invitations: new Invitations(db, users, audit),
  };
};
export type TestUsers = ReturnType<typeof makeUsers>;
