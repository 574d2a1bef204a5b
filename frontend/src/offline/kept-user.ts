import { readPreference, writePreference } from '../frame/preference';
import type { User } from '../api/client';

/** Whose music this browser keeps: who that is has to be known without a network, and before anything is opened. */
const KEY = 'kanade.offline';

const isUser = (value: unknown): value is User =>
  typeof value === 'object' && value !== null && 'id' in value && 'username' in value && 'role' in value;

export const keptUser = (): User | null => {
  try {
    const value: unknown = JSON.parse(readPreference(KEY) ?? 'null');
    return isUser(value) ? value : null;
  } catch {
    return null;
  }
};

export const rememberUser = (user: User): void => writePreference(KEY, JSON.stringify(user));

export const forgetUser = (): void => {
  try {
    localStorage.removeItem(KEY);
  } catch {
    return;
  }
};
