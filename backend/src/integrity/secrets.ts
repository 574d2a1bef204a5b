import { errorMessage } from '../common/error-code.js';
import { isPasswordHash } from '../users/password-hash.js';
import type { Broken, House, Invariant } from './invariant.js';

/** What of the signing key the root hands in: streaming, which owns it, stands on this floor too. */
export interface SigningKeyFile {
  /** @returns whether it is there. @throws when it is there but is no key */
  readonly load: (dataDir: string) => Promise<boolean>;
  /** Makes a new one in its place; media URLs in use end. */
  readonly replace: (dataDir: string) => Promise<void>;
}

async function* passwords({ db }: House): AsyncGenerator<Broken> {
  const users = await db.query<{ username: string; hash: string }>(
    `SELECT username::text AS username, password_hash AS hash FROM users WHERE password_hash IS NOT NULL ORDER BY id`,
  );
  for (const { username, hash } of users)
    if (!isPasswordHash(hash))
      yield { what: `user ${username}`, problem: 'the stored password is no argon2id hash; set a new one' };
}

async function* sessions({ db }: House): AsyncGenerator<Broken> {
  const rows = await db.query<{ token: Buffer; username: string }>(
    `SELECT s.token_hash AS token, u.username::text AS username FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE length(s.token_hash) <> 32 OR s.expires_at <= s.created_at ORDER BY s.token_hash`,
  );
  for (const { token, username } of rows)
    yield {
      what: `session of ${username}`,
      problem: 'it is no hash of a token, or ended before it began',
      mend: async () => void (await db.query('DELETE FROM sessions WHERE token_hash = $1', [token])),
    };
}

const signingKey = async ({ dataDir }: House, key: SigningKeyFile): Promise<Broken | null> => {
  const mend = (): Promise<void> => key.replace(dataDir);
  try {
    return (await key.load(dataDir)) ? null : { what: 'signing key', problem: 'it is not there', mend };
  } catch (error) {
    return { what: 'signing key', problem: errorMessage(error), mend };
  }
};

export const secrets = (key: SigningKeyFile): Invariant => ({
  id: 'I10',
  holds: 'password and session hashes are well-formed, and the signing key loads',
  find: async function* (house) {
    yield* passwords(house);
    yield* sessions(house);
    const broken = await signingKey(house, key);
    if (broken !== null) yield broken;
  },
});
