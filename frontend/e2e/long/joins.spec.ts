import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeCutAlbum, type Format } from '../support/cut-album.js';
import { GaplessRoom } from '../support/gapless-room.js';
import { faultsOf, hearJoins, nameOf, tracksOf } from '../support/joins.js';

jest.setTimeout(300_000);
/** Sound is made in real time: a machine with too much else to do leaves out some of it, and then it is heard again. */
jest.retryTimes(3, { logErrorsBeforeRetry: true });

const FORMATS: readonly Format[] = ([44_100, 48_000, 96_000] as const).flatMap((sampleRateHz) =>
  ([1, 2] as const).flatMap((channels) =>
    ([16, 24] as const).map((bits) => ({ sampleRateHz, channels, bits })),
  ),
);

describe('a sine cut in four, each format with itself and with a CD, has no gap and no step', () => {
  let room: GaplessRoom;
  beforeAll(async () => {
    room = await GaplessRoom.open(async (tones) => {
      for (const format of FORMATS) await writeCutAlbum(tones, nameOf(format), tracksOf(format));
    }, FORMATS.length * 4);
  });
  afterAll(() => room.close());

  const cases = FORMATS.flatMap((format) =>
    (['opus', 'aac', 'flac'] as const).map((codec) => [nameOf(format), codec, format] as const),
  );
  it.each(cases)('%s, in %s, before and after an edit', async (_name, codec, format) => {
    expect(faultsOf(await hearJoins(room, codec, format))).toEqual([]);
  });
});
