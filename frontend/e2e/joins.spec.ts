import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeCutAlbum, type Format } from './support/cut-album.js';
import { GaplessRoom } from './support/gapless-room.js';
import { hearTogether } from './support/side-by-side.js';
import { faultsOf, hearJoins, nameOf, tracksOf, type JoinedCodec } from './support/joins.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);
/** A page that does not come to the end of its music on a machine with too much else to do may try again. */
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

  it('in Opus, AAC and FLAC, before and after an edit', async () => {
    const codecs = ['opus', 'aac', 'flac'] as const;
    const hear = async (codec: JoinedCodec) => faultsOf(await hearJoins(room, codec, FORMAT));
    const faults = await hearTogether(codecs, hear, ({ length }) => length === 0);
    expect(faults).toEqual(codecs.map(() => []));
  });
});
