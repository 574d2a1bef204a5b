import type { Broken, House, Invariant } from './invariant.js';
import { filesGone } from './present-files.js';
import { objectsOfNobody, picturesGone } from './stored-objects.js';

async function* find(house: House): AsyncGenerator<Broken> {
  yield* filesGone(house);
  yield* picturesGone(house);
  yield* objectsOfNobody(house);
}

export const ROWS_AND_FILES: Invariant = {
  id: 'I4',
  holds: 'no row points to a file that is not there, and no object in the store is without a row',
  find,
};
