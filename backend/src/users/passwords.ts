import { hash, verify } from '@node-rs/argon2';
import { availableParallelism } from 'node:os';

/** OWASP's first recommendation for argon2id: 19 MiB, 2 passes, 1 lane. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of a random text, verified when there is no account, so that a wrong name costs what a wrong password does. */
const NOBODY = hash(crypto.randomUUID(), ARGON2ID);

const MAX_AT_ONCE = Math.max(1, availableParallelism() - 1);
let running = 0;
const waiting: (() => void)[] = [];

/** A storm of sign-ins queues up here instead of taking every core from the listeners. */
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
};

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, ARGON2ID));

/** `stored` null: no such account, or one without a password; the work is done all the same and the answer is false. */
export const verifyPassword = (stored: string | null, password: string): Promise<boolean> =>
  inTurn(async () => {
    const right = await verify(stored ?? (await NOBODY), password);
    return right && stored !== null;
  });
