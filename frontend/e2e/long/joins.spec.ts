import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { GaplessRoom } from '../support/gapless-room.js';
import { ALL_PAIRS, joinFaults, nameOfPair, NO_FAULTS, openJoinsRoom } from '../support/joins.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);
/** A page that does not come to the end of its music on a machine with too much else to do may try again. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });

describe('a sine cut in four, any two formats, has no gap and no step', () => {
  let room: GaplessRoom;
  beforeAll(async () => {
    room = await openJoinsRoom(ALL_PAIRS);
  }, 3_600_000);
  afterAll(() => room.close());

  it.each(ALL_PAIRS.map((pair) => [nameOfPair(pair), pair] as const))(
    '%s, in Opus, AAC and FLAC, before and after an edit',
    async (_name, pair) => {
      expect(await joinFaults(room, pair)).toEqual(NO_FAULTS);
    },
  );
});
