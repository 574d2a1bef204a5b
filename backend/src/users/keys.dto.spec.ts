import { describe, expect, it } from '@jest/globals';
import { newKeyBodySchema } from './keys.dto.js';

const DAY_MS = 86_400_000;
const read = (inDays: number) =>
  newKeyBodySchema.safeParse({
    name: 'Backup',
    scopes: ['read', 'read'],
    expiresAt: new Date(Date.now() + inDays * DAY_MS).toISOString(),
  });

describe('a new key', () => {
  it('names each scope once, and may be good for ever', () => {
    expect(newKeyBodySchema.parse({ name: 'Backup', scopes: ['read', 'read'] })).toEqual({
      name: 'Backup',
      scopes: ['read'],
      expiresAt: null,
    });
  });

  it('ends in the future: one that has ended already is a mistake of who made it', () => {
    expect(read(1).success).toBe(true);
    expect(read(-1).error?.issues).toMatchObject([{ path: ['expiresAt'], message: 'must lie ahead' }]);
  });
});
