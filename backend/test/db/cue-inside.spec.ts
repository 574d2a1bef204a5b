import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CueHouse, CueRoom, SAMPLES, SECONDS, sheet, STARTS } from '../support/cue-room.js';
import { flacCueBlock } from '../support/tag-writers.js';

describe('a CUE sheet inside the file that it speaks of', () => {
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

  it('makes the same tracks as one beside it, which wins where there are both', async () => {
    await room.retag([
      ['ARTIST', 'Nobody'],
      ['LABEL', 'Blue'],
      ['CUESHEET', sheet(STARTS, 'D:\\rips\\anything.ape')],
    ]);
    await room.takeIn();
    const inside = await room.listed();
    expect(inside.map(({ title, samples, album }) => [title, samples, album])).toEqual(
      SAMPLES.map((samples, at) => [`Part ${at + 1}`, samples, 'Night']),
    );
    await room.expectCounted();
    await room.put('a/album.cue', sheet(['00:00:00', '00:05:00']).replaceAll('Part', 'Beside'));
    await room.takeIn();
    expect((await room.listed()).map(({ id, title }) => [id, title])).toEqual([
      [inside[0]?.id, 'Beside 1'],
      [inside[1]?.id, 'Beside 2'],
    ]);
    await rm(room.tones.path('music/a/album.cue'));
    await room.takeIn();
    expect(await room.listed()).toEqual(inside);
    await room.retag([['ARTIST', 'Nobody']]);
    await room.takeIn();
    expect(await room.titles()).toEqual(['album']);
    await room.expectCounted();
    expect(await room.warnings()).toEqual([]);
  });

  it("as FLAC's own block cuts where it says, to the sample", async () => {
    await room.retag([['ALBUM', 'Of blocks']], flacCueBlock([0, 100_001, 300_007], SECONDS * 44_100));
    await room.takeIn();
    expect((await room.listed()).map(({ title, samples, album }) => [title, samples, album])).toEqual([
      ['Track 01', 100_001, 'Of blocks'],
      ['Track 02', 200_006, 'Of blocks'],
      ['Track 03', Math.round(SECONDS * 44_100) - 300_007, 'Of blocks'],
    ]);
  });

  it('that is hostile makes what it can or nothing', async () => {
    const hostile: readonly (readonly [string, number])[] = [
      [`FILE "x.wav" WAVE\n${sheet()}`, 3],
      ['TRACK 01 AUDIO\n'.repeat(30_000), 1],
      [sheet().replaceAll('Part', 'P\u0001\ufffe'), 3],
      [sheet().replaceAll('Part', 'P'.repeat(50_000)), 3],
    ];
    for (const [text, tracks] of hostile) {
      await room.retag([['CUESHEET', text]]);
      await room.takeIn();
      expect(await room.listed()).toHaveLength(tracks);
    }
    await room.expectCounted();
  });
});
