import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Devices with names of their own, limits on signing in, invitations, API keys and the log of what was administered. */
export class Accounts1780000000030 implements MigrationInterface {
  readonly name = 'Accounts1780000000030';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [...SIGNING_IN, ...INVITATIONS, ...KEYS, ...AUDIT]) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE audit_log, api_keys, invitations, sign_in_places, sign_in_attempts`);
    await q.query(`ALTER TABLE sessions DROP COLUMN id`);
  }
}

const SIGNING_IN = [
  // What a device is called in a list: its token's hash stays where it is.
  `ALTER TABLE sessions ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid()`,
  `CREATE UNIQUE INDEX sessions_id ON sessions (id)`,
  // Who was tried, as a hash: people type passwords into the field for names.
  `CREATE TABLE sign_in_attempts (
    subject bytea PRIMARY KEY CHECK (length(subject) = 32),
    tries integer NOT NULL,
    open_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL
  )`,
  `CREATE INDEX sign_in_attempts_age ON sign_in_attempts (last_at)`,
  // Where somebody has signed in before: a stranger's guesses elsewhere do not keep them out here.
  `CREATE TABLE sign_in_places (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    address bytea NOT NULL CHECK (length(address) = 32),
    last_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, address)
  )`,
];

const INVITATIONS = [
  `CREATE TABLE invitations (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    role text NOT NULL CHECK (role IN ('guest', 'listener', 'curator', 'admin')),
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 200),
    created_by uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    used_by uuid REFERENCES users ON DELETE SET NULL
  )`,
  `CREATE INDEX invitations_maker ON invitations (created_by)`,
  `CREATE INDEX invitations_user ON invitations (used_by)`,
];

const KEYS = [
  `CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    expires_at timestamptz
  )`,
  `CREATE INDEX api_keys_user ON api_keys (user_id)`,
];

const AUDIT = [
  // The name stays when the account goes: a log says who it was.
  `CREATE TABLE audit_log (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    actor_id uuid REFERENCES users ON DELETE SET NULL,
    actor_name text NOT NULL,
    action text NOT NULL,
    target_id text,
    details jsonb NOT NULL DEFAULT '{}'
  )`,
  `CREATE INDEX audit_log_actor ON audit_log (actor_id)`,
];
