import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const ROLES = ['guest', 'listener', 'curator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who may call a route: everyone, everyone even before set-up, or a role and those above it. */
export type AccessRule =
  { readonly kind: 'public' } | { readonly kind: 'setup' } | { readonly kind: 'role'; readonly role: Role };

export const ACCESS_RULE = 'kanade:access';

/** What a program may be let do with somebody's account: never more than they may do themselves. */
export const SCOPES = ['read', 'write', 'download', 'curate', 'admin', 'metrics'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a key needs for a route; `session`: no key opens it. */
export const KEY_RULE = 'kanade:key';
export type KeyRule = Scope | 'session';

/** For routes whose method and role do not say what a key needs. */
export const NeedsScope = (scope: Scope): CustomDecorator => SetMetadata(KEY_RULE, scope satisfies KeyRule);

/** Only a person who has signed in: what gives out rights is not opened by a right that was given out. */
export const SessionOnly = (): CustomDecorator => SetMetadata(KEY_RULE, 'session' satisfies KeyRule);

/** Pure: what a key needs for a route that says nothing of its own. */
export const scopeFor = (role: Role, method: string): Scope => {
  if (role === 'admin') return 'admin';
  if (role === 'curator') return 'curate';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
};

/** The least role that may call this route. */
export const Allow = (role: Role): CustomDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'role', role } satisfies AccessRule);

/** Open to everyone once an administrator exists. */
export const Public = (): CustomDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'public' } satisfies AccessRule);

/** Open to everyone, and also while there is no administrator yet. */
export const OpenBeforeSetup = (): CustomDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'setup' } satisfies AccessRule);

export const reaches = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
