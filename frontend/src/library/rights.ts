import type { User } from '../api/client';

type Role = User['role'];

const ROLES: readonly Role[] = ['guest', 'listener', 'curator', 'admin'];

/** Whether a role is this one, or stands above it. */
export const reaches = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least);

/** What is worth showing to whom; the server decides for itself. */
export const mayCurate = (role: Role): boolean => reaches(role, 'curator');
export const mayAdminister = (role: Role): boolean => reaches(role, 'admin');
