import type { User } from '../api/client';

type Role = User['role'];

/** What is worth showing to whom; the server decides for itself. */
export const mayCurate = (role: Role): boolean => role === 'curator' || role === 'admin';
export const mayAdminister = (role: Role): boolean => role === 'admin';
