import { z } from 'zod';
import { ROLES } from '../common/access.js';
import { pageSchema } from '../common/page.js';
import { plainText } from './plain-text.js';
import type { User } from './user.entity.js';

const username = plainText(64);
const password = z.string().min(8, 'must have at least 8 characters').max(200);

export const setupBodySchema = z.strictObject({ username, password });
export type SetupBody = z.output<typeof setupBodySchema>;

/** Looser than set-up: a sign-in says only right or wrong, never what a password would have to look like. */
export const signInBodySchema = z.strictObject({
  username: z.string().max(200),
  password: z.string().max(1000),
});
export type SignInBody = z.output<typeof signInBodySchema>;

export const newUserBodySchema = z.strictObject({ username, password, role: z.enum(ROLES) });
export type NewUserBody = z.output<typeof newUserBodySchema>;

/** What is not named stays as it is. */
export const userChangeSchema = z
  .strictObject({
    role: z.enum(ROLES).optional(),
    disabled: z.boolean().optional(),
    /** Take music along as files. */
    mayDownload: z.boolean().optional(),
    password: password.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'names nothing to change');
export type UserChange = z.output<typeof userChangeSchema>;

export const passwordBodySchema = z.strictObject({
  currentPassword: z.string().max(1000),
  newPassword: password,
});
export type PasswordBody = z.output<typeof passwordBodySchema>;

export const userSchema = z
  .object({ id: z.string(), username: z.string(), role: z.enum(ROLES) })
  .meta({ id: 'User' });
export type UserDto = z.output<typeof userSchema>;

/** As whoever asks sees themselves: with what they may do besides what their role lets them. */
export const meSchema = userSchema.extend({ mayDownload: z.boolean() }).meta({ id: 'Me' });
export type MeDto = z.output<typeof meSchema>;

/** As administrators see it. */
export const accountSchema = userSchema
  .extend({ disabled: z.boolean(), mayDownload: z.boolean(), createdAt: z.iso.datetime() })
  .meta({ id: 'Account' });
export type AccountDto = z.output<typeof accountSchema>;
export const accountPageSchema = pageSchema(accountSchema);

export const signedInSchema = z.object({ user: meSchema }).meta({ id: 'SignedIn' });
export type SignedInDto = z.output<typeof signedInSchema>;

export const setupStateSchema = z.object({ needed: z.boolean() }).meta({ id: 'SetupState' });
export type SetupStateDto = z.output<typeof setupStateSchema>;

export const toUserDto = (user: User): UserDto => ({ id: user.id, username: user.username, role: user.role });

export const toMeDto = (user: User): MeDto => ({
  ...toUserDto(user),
  mayDownload: user.mayDownload || user.role === 'admin',
});

export const toAccountDto = (user: User): AccountDto => ({
  ...toMeDto(user),
  disabled: user.disabledAt !== null,
  createdAt: user.createdAt.toISOString(),
});
