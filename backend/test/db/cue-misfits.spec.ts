import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { House } from '../../src/integrity/invariant.js';
import { READY_FILES } from '../../src/integrity/ready-files.js';
import { CueHouse, CueRoom, sheet } from '../support/cue-room.js';

const going = new AbortController().signal;

describe('a CUE sheet that does not fit its file', () => {
  let house: CueHouse;
  let room: CueRoom;

  beforeAll(async () => {
    house = await CueHouse.open();
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    room = await CueRoom.open(house);
  });
  afterEach(() => room.close());

  it.each([
    ['begins beyond the end', sheet(['00:00:00', '00:20:00']), 'beyond the end'],
    ['lets tracks overlap', sheet(['00:00:00', '00:05:00', '00:04:00']), 'before the one before it'],
    ['is no text', Buffer.from([1, 0, 0, 2, 0, 0]), 'cannot be read'],
    [
      'names two other files',
      `FILE "x.wav" WAVE\nFILE "y.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00`,
      'other files',
    ],
  ])('that %s leaves the file one track, and says so', async (_what, content, reason) => {
    await room.put('a/album.cue', content);
    await room.takeIn();
    expect(await room.titles()).toEqual(['album']);
    expect(await room.warnings()).toEqual([
      { path: 'a/album.flac', code: 'CUE_SHEET', reason: expect.stringContaining(reason) },
    ]);
    await rm(room.tones.path('music/a/album.cue'));
    await room.takeIn();
    expect(await room.warnings()).toEqual([]);
  });

  it('inside the file that does not fit leaves it one track, and says so', async () => {
    await room.retag([['CUESHEET', sheet(['00:00:00', '99:00:00'])]]);
    await room.takeIn();
    expect(await room.titles()).toEqual(['album']);
    expect(await room.warnings()).toEqual([
      {
        path: 'a/album.flac',
        code: 'CUE_SHEET',
        reason: expect.stringContaining('in its tags lets track 2 begin beyond the end'),
      },
    ]);
  });

  it('whose tracks do not fit is found by fsck, and mended by asking the sheet again', async () => {
    await room.put('a/album.cue', sheet());
    await room.takeIn();
    const before = await room.listed();
    const broken = async () => {
      const found: string[] = [];
      const unused = () => Promise.reject(new Error('not asked for'));
      const checked: House = {
        db: room.test.db,
        databaseUrl: room.test.url,
        dataDir: room.encoders.folder,
        store: room.encoders.store,
        tools: room.tones.tools,
        deep: true,
        graceMs: 0,
        mending: {
          jobs: () => Promise.resolve(house.jobs),
          markMissing: unused,
          requeueRenditions: unused,
          announceTrack: unused,
        },
      };
      for await (const each of READY_FILES.find(checked)) {
        found.push(each.problem);
        await each.mend?.();
      }
      return found;
    };
    expect(await broken()).toEqual([]);
    await room.test.db.query('UPDATE tracks SET sample_count = sample_count + 1 WHERE file_index = 2');
    await room.test.db.query('UPDATE tracks SET available = true WHERE file_index = 0');
    expect(await broken()).toEqual(['it and the tracks that a CUE sheet makes of it do not fit']);
    await room.takeIn();
    const [{ id = '' } = {}] = await room.test.db.query<{ id: string }>('SELECT id FROM files');
    await room.analyser.analyse(id, going);
    expect(await broken()).toEqual([]);
    expect(await room.listed()).toEqual(before);
  });
});
