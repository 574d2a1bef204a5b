import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeCutAlbum, type Format } from './support/cut-album.js';
import { GaplessRoom } from './support/gapless-room.js';
import { faultsOf, hearJoins, nameOf, tracksOf } from './support/joins.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);
/** Sound is made in real time: a machine with too much else to do leaves out some of it, and then it is heard again. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });

/** As far from a CD as the formats go; all of them are heard in `npm run test:long`. */
const FORMAT: Format = { sampleRateHz: 96_000, channels: 1, bits: 24 };

describe(`a sine cut in four, of ${nameOf(FORMAT)} with itself and with a CD, has no gap and no step`, () => {
  let room: GaplessRoom;
  beforeAll(async () => {
    const tracks = tracksOf(FORMAT);
    room = await GaplessRoom.open((tones) => writeCutAlbum(tones, nameOf(FORMAT), tracks), tracks.length);
  });
  afterAll(() => room.close());

  it.each(['opus', 'aac', 'flac'] as const)('in %s, before and after an edit', async (codec) => {
    const heard = await hearJoins(room, codec, FORMAT);
    expect(faultsOf(heard)).toEqual([]);
  });
});
