import { z } from 'zod';
import { ROLES } from '../common/access.js';
import type { User } from './user.entity.js';

const username = z
  .string()
  .trim()
  .min(1)
  .max(64)
  // eslint-disable-next-line no-control-regex -- control characters are what is being refused
  .regex(/^[^\u0000-\u001f\u007f]*$/u, 'must not hold control characters');
const password = z.string().min(8, 'must have at least 8 characters').max(200);

export const setupBodySchema = z.strictObject({ username, password });
export type SetupBody = z.infer<typeof setupBodySchema>;

/** Looser than set-up: a sign-in says only right or wrong, never what a password would have to look like. */
export const signInBodySchema = z.strictObject({
  username: z.string().max(200),
  password: z.string().max(1000),
});
export type SignInBody = z.infer<typeof signInBodySchema>;

export const newUserBodySchema = z.strictObject({ username, password, role: z.enum(ROLES) });
export type NewUserBody = z.infer<typeof newUserBodySchema>;

export const userSchema = z
  .object({ id: z.string(), username: z.string(), role: z.enum(ROLES) })
  .meta({ id: 'User' });
export type UserDto = z.infer<typeof userSchema>;

export const signedInSchema = z.object({ user: userSchema }).meta({ id: 'SignedIn' });
export type SignedInDto = z.infer<typeof signedInSchema>;

export const setupStateSchema = z.object({ needed: z.boolean() }).meta({ id: 'SetupState' });
export type SetupStateDto = z.infer<typeof setupStateSchema>;

export const toUserDto = (user: User): UserDto => ({ id: user.id, username: user.username, role: user.role });
