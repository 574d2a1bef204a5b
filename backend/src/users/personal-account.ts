import type { PersonalPart } from './personal-part.js';

/** The account and its ways in: what they are called, and never what opens them. */
export const PERSONAL_ACCOUNT: readonly PersonalPart[] = [
  {
    name: 'account',
    tells: ['users.id'],
    columns: `users.id, users.username::text AS username, users.role, users.may_download AS "mayDownload",
      users.created_at AS "createdAt"`,
    from: 'users',
    where: 'users.id = $1',
    key: 'users.id',
  },
  {
    name: 'devices',
    tells: ['sessions.user_id'],
    columns: `sessions.id, user_agent AS "userAgent", created_at AS "signedInAt", last_seen_at AS "lastSeenAt",
      expires_at AS "expiresAt"`,
    from: 'sessions',
    where: 'sessions.user_id = $1',
    key: 'sessions.id',
  },
  {
    name: 'keys',
    tells: ['api_keys.user_id'],
    columns: `api_keys.id, name, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt",
      expires_at AS "expiresAt"`,
    from: 'api_keys',
    where: 'api_keys.user_id = $1',
    key: 'api_keys.id',
  },
  {
    name: 'invitations',
    tells: ['invitations.created_by', 'invitations.used_by'],
    columns: `invitations.id, role, created_by = $1 AS "isMine", CASE WHEN created_by = $1 THEN note END AS note,
      created_at AS "createdAt", expires_at AS "expiresAt", used_at AS "usedAt"`,
    from: 'invitations',
    where: '(created_by = $1 OR used_by = $1)',
    key: 'invitations.id',
  },
  {
    // An address is kept as a hash only.
    name: 'knownAddresses',
    tells: ['sign_in_places.user_id'],
    columns: 'last_at AS "lastSignInAt"',
    from: 'sign_in_places',
    where: 'user_id = $1',
    key: 'md5(address)::uuid',
  },
  {
    name: 'auditLog',
    tells: ['audit_log.actor_id'],
    columns: 'audit_log.id, at, action, target_id AS "targetId", details',
    from: 'audit_log',
    where: 'actor_id = $1',
    key: 'audit_log.id',
  },
];
