import { mkdir, rename, rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SoundWriter } from '../../src/catalog/sound-writer.js';
import { SoundRefresh } from '../../src/ingest/sound-refresh.js';
import { remeasure } from '../../src/media/facts.js';
import { LADDER } from '../../src/media/ladder.js';
import { versionsOfTools } from '../../src/media/sound-facts.js';
import { CueHouse, CueRoom, SAMPLES, sheet, STARTS } from '../support/cue-room.js';

const going = new AbortController().signal;

describe('a CUE sheet of one big file', () => {
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

  it('makes tracks of their own, whose FLAC renditions join to the original sample by sample', async () => {
    await room.put('a/album.cue', sheet());
    await room.takeIn();
    const tracks = await room.listed();
    expect(tracks.map(({ title, samples, album }) => [title, samples, album])).toEqual(
      SAMPLES.map((samples, at) => [`Part ${at + 1}`, samples, 'Night']),
    );
    await room.expectCounted();
    const decoded: Buffer[] = [];
    const versions = new Set<string>();
    for (const { id } of tracks) {
      const source = await room.encoders.sources.get(id);
      versions.add(source.soundVersion);
      await room.encoders.renditions.queue(source, LADDER);
      await room.encoders.ladder('eager').encodeTrack(id, going);
      const renditions = await room.encoders.renditions.findOfTracks([id]);
      expect(renditions.map(({ state }) => state)).toEqual(LADDER.map(() => 'ready'));
      for (const rendition of renditions)
        expect(rendition.sampleCount).toBe(
          rendition.codec === 'opus'
            ? Math.round((source.sampleCount * 48_000) / 44_100)
            : source.sampleCount,
        );
      const flac = renditions.find(({ codec }) => codec === 'flac');
      const bytes = await room.encoders.store.read(flac?.storageKey ?? '', {
        offset: 0,
        length: flac?.sizeBytes ?? 0,
      });
      await room.tones.write('part.mp4', bytes);
      decoded.push(await room.tones.pcm('part.mp4'));
    }
    expect(versions.size).toBe(3);
    expect(Buffer.concat(decoded).equals(await room.tones.pcm('album.wav'))).toBe(true);
  });

  it.each(['flac', 'ogg'])(
    'in %s gives each of its tracks a loudness and peaks of its own',
    async (ending) => {
      // Three parts, each half as loud as the one before.
      const louder = STARTS.map((start, at) => {
        const seconds = Number(start.slice(3, 5)) + Number(start.slice(6)) / 75;
        return `volume=0.5:enable='gte(t,${at === 0 ? 1000 : seconds})'`;
      });
      await room.tones.convert('album.wav', `steps.${ending}`, ['-af', louder.join(',')]);
      await rm(room.tones.path('music/a/album.flac'));
      await rename(room.tones.path(`steps.${ending}`), room.tones.path(`music/a/album.${ending}`));
      await room.aged(`a/album.${ending}`);
      await room.put('a/album.cue', sheet());
      await room.takeIn();
      const versions = versionsOfTools(room.tones.tools);
      const refresh = new SoundRefresh(
        room.test.db,
        {
          versions,
          remeasure: (sound, branches, signal) => remeasure(room.tones.tools, sound, branches, { signal }),
        },
        new SoundWriter(room.test.db),
        house.jobs,
        { pass: (_signal, work) => work() },
      );
      const tracks = await room.listed();
      for (const { id } of tracks) await refresh.remeasure(id, going);
      const told = await room.test.db.query<{ lufs: number; peaks: Buffer; samples: number }>(
        `SELECT integrated_lufs AS lufs, peaks, sample_count::float8 AS samples FROM tracks
        WHERE available ORDER BY track_number`,
      );
      const [first = 0, second = 0, third = 0] = told.map(({ lufs }) => lufs);
      expect(first - second).toBeCloseTo(6, 0);
      expect(second - third).toBeCloseTo(6, 0);
      for (const { peaks, samples } of told)
        expect(Math.abs(peaks.length - (samples * 10) / 44_100)).toBeLessThanOrEqual(1);
      expect(await new SoundWriter(room.test.db).countStale(versions)).toBe(0);
    },
  );

  it('changes nothing when it is looked at again', async () => {
    await room.put('a/album.cue', sheet());
    await room.takeIn();
    const before = await room.listed();
    const count = 'SELECT count(*)::int AS n FROM tracks';
    const rows = await room.test.db.first(count);
    await room.takeIn();
    expect(await room.listed()).toEqual(before);
    expect(await room.test.db.first(count)).toEqual(rows);
    expect(await room.warnings()).toEqual([]);
  });

  it('may come later, be changed, go and come back: a part keeps its id, and its old renditions go', async () => {
    await room.takeIn();
    expect(await room.titles()).toEqual(['album']);
    const [whole] = await room.listed();
    await room.put('a/album.cue', sheet());
    await room.takeIn();
    const first = await room.listed();
    expect(first.map(({ title }) => title)).toEqual(['Part 1', 'Part 2', 'Part 3']);
    await room.expectCounted();
    const [one, two] = first.map(({ id }) => id);
    const versionOf = async (id = '') => (await room.encoders.sources.get(id)).soundVersion;
    const before = await versionOf(two);
    await room.encoders.renditions.queue(await room.encoders.sources.get(two ?? ''), LADDER.slice(0, 1));

    await room.put('a/album.cue', sheet(['00:00:00', '00:05:00']));
    await room.takeIn();
    expect((await room.listed()).map(({ id }) => id)).toEqual([one, two]);
    expect(await versionOf(two)).not.toBe(before);
    expect(await room.encoders.renditions.findOfTracks([two ?? ''])).toEqual([]);
    await expect(room.encoders.sources.get(first[2]?.id ?? '')).rejects.toMatchObject({
      code: 'TRACK_MISSING',
    });
    await room.expectCounted();

    await rm(room.tones.path('music/a/album.cue'));
    await room.takeIn();
    expect((await room.listed()).map(({ id, title }) => [id, title])).toEqual([[whole?.id, 'album']]);
    await room.expectCounted();

    await room.put('a/album.cue', sheet());
    await room.takeIn();
    expect((await room.listed()).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(await versionOf(two)).toBe(before);
    await room.expectCounted();
  });

  it('goes and comes with its file, and stays when both are moved', async () => {
    await room.put('a/album.cue', sheet());
    await room.takeIn();
    const ids = (await room.listed()).map(({ id }) => id);
    await rename(room.tones.path('music/a'), room.tones.path('aside'));
    await room.put('other.txt', 'x');
    await room.test.db.query(`UPDATE libraries SET held_code = 'CONFIRMED'`);
    await room.takeIn();
    expect(await room.titles()).toEqual([]);
    await room.expectCounted();
    await rename(room.tones.path('aside'), room.tones.path('music/b'));
    await room.takeIn();
    expect((await room.listed()).map(({ id }) => id)).toEqual(ids);
    await room.expectCounted();
    await mkdir(room.tones.path('music/c'));
    for (const name of ['album.flac', 'album.cue'])
      await rename(room.tones.path(`music/b/${name}`), room.tones.path(`music/c/${name}`));
    await room.takeIn();
    expect((await room.listed()).map(({ id }) => id)).toEqual(ids);
    await rename(room.tones.path('music/c/album.flac'), room.tones.path('music/b/album.flac'));
    await room.takeIn();
    expect(await room.titles()).toEqual(['album']);
    await room.expectCounted();
  });

  it('of a file that is retagged keeps its tracks', async () => {
    await room.put('a/album.cue', sheet());
    await room.takeIn();
    const before = await room.listed();
    await room.tones.run([
      '-i',
      room.tones.path('music/a/album.flac'),
      '-c',
      'copy',
      '-metadata',
      'title=New',
      room.tones.path('new.flac'),
    ]);
    await rename(room.tones.path('new.flac'), room.tones.path('music/a/album.flac'));
    await room.aged('a/album.flac');
    await room.takeIn();
    expect(await room.listed()).toEqual(before);
    await room.expectCounted();
  });
});
