import type { Role } from '../common/access.js';

/** Whose request this is. */
export interface SignedIn {
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  /** In whose name media addresses are signed: they end with this session. */
  readonly holder: string;
}
