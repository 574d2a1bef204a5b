import { describe, expect, it } from '@jest/globals';
import { SessionMemory } from './session-memory.js';
import type { SignedIn } from './signed-in.js';

const WHO: SignedIn = {
  userId: 'u',
  username: 'mio',
  role: 'listener',
  holder: 'u.1',
  credentialId: 's',
  scopes: null,
};
const MINUTE = 60_000;

const away = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
const found = (): Promise<SignedIn> => Promise.resolve(WHO);

describe('who was signed in while the database is away', () => {
  it('stays so for five minutes of absence, and not longer', async () => {
    const memory = new SessionMemory();
    const at = (minutes: number, read: () => Promise<SignedIn | null>): Promise<SignedIn | null> =>
      memory.recallWhileAway('a', read, () => minutes * MINUTE);
    await at(0, found);
    // The player was last here some minutes before the database went away.
    for (const minute of [6, 8, 11]) expect(await at(minute, away)).toBe(WHO);
    await expect(at(11.1, away)).rejects.toThrow('ECONNREFUSED');
    await at(12, found);
    expect(await at(13, away)).toBe(WHO);
  });

  it('is nobody who had signed out, was unknown, or met another failure', async () => {
    const memory = new SessionMemory();
    await memory.recallWhileAway('a', found);
    await memory.recallWhileAway('b', found);
    memory.forget('a');
    expect(await memory.recallWhileAway('b', () => Promise.resolve(null))).toBeNull();
    for (const name of ['a', 'b', 'c']) await expect(memory.recallWhileAway(name, away)).rejects.toThrow();
    await memory.recallWhileAway('d', found);
    const broken = (): Promise<never> => Promise.reject(new Error('a bug'));
    await expect(memory.recallWhileAway('d', broken)).rejects.toThrow('a bug');
  });

  it('is who was found by another process, until the session ended anywhere; late news does not bring it back', async () => {
    const memory = new SessionMemory();
    const told: string[] = [];
    memory.onRead((name) => told.push(name));
    memory.learn('a', WHO);
    expect(await memory.recallWhileAway('a', away)).toBe(WHO);
    await memory.recallWhileAway('b', () => Promise.resolve({ ...WHO, holder: 'u.2' }));
    expect(told).toEqual(['b']);
    memory.forgetHolder(WHO.holder);
    memory.learn('a', WHO);
    await expect(memory.recallWhileAway('a', away)).rejects.toThrow();
    expect(await memory.recallWhileAway('b', away)).toMatchObject({ holder: 'u.2' });
  });
});
