import type { Role, Scope } from '../common/access.js';

/** Whose request this is. */
export interface SignedIn {
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  /** In whose name media addresses are signed: they end with this session or key. */
  readonly holder: string;
  /** The session's or the key's own id. */
  readonly credentialId: string;
  /** What the key is good for; null: a person in a session. */
  readonly scopes: readonly Scope[] | null;
}
