import { basename } from 'node:path';
import type { Broken, House, Invariant } from './invariant.js';
import { strays } from './stored-objects.js';

const HALF = /\.(part|tmp|draft)$/;

async function* find(house: House): AsyncGenerator<Broken> {
  for (const path of (await strays(house)).drafts)
    yield {
      what: `draft ${basename(path)}`,
      problem: 'nobody writes it any more',
      mend: () => house.store.discardDraft(path),
    };
  for (const prefix of ['renditions/', 'artwork/'])
    for await (const key of house.store.list(prefix))
      if (HALF.test(key))
        yield {
          what: `object ${key}`,
          problem: 'a half-written file lies where listeners look',
          mend: () => house.store.delete(key),
        };
}

export const DRAFTS: Invariant = {
  id: 'I7',
  holds: 'half a file lies only among the drafts, and only while somebody writes it',
  find,
};
