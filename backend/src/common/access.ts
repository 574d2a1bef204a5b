import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const ROLES = ['guest', 'listener', 'curator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who may call a route: everyone, everyone even before set-up, or a role and those above it. */
export type AccessRule =
  { readonly kind: 'public' } | { readonly kind: 'setup' } | { readonly kind: 'role'; readonly role: Role };

export const ACCESS_RULE = 'kanade:access';

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
