import type { ObjectStore } from './object-store.js';

/** What a sweep needs of a store; fsck hands in one that only notes what would go. */
export type Sweepable = Pick<ObjectStore, 'list' | 'drafts' | 'delete' | 'discardDraft'>;

/** What is younger may belong to somebody whose row is not written yet. */
export const SWEEP_AGE_MS = 3_600_000;

/** Names that the database is asked about at once: the store is never held in memory. */
const BATCH = 500;

/** Of these names, those that belong to somebody. */
export type OwnedOf = (names: readonly string[]) => Promise<ReadonlySet<string>>;

/** Removes what belongs to nobody. @returns how many @throws the signal's reason */
export const sweep = async (
  names: AsyncIterable<string>,
  ownedOf: OwnedOf,
  remove: (name: string) => Promise<void>,
  signal: AbortSignal,
): Promise<number> => {
  let removed = 0;
  let batch: string[] = [];
  const settle = async (): Promise<void> => {
    signal.throwIfAborted();
    const owned = await ownedOf(batch);
    for (const name of batch.filter((each) => !owned.has(each))) {
      await remove(name);
      removed++;
    }
    batch = [];
  };
  for await (const name of names) {
    batch.push(name);
    if (batch.length >= BATCH) await settle();
  }
  if (batch.length > 0) await settle();
  return removed;
};
