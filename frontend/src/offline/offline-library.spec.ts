import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import 'fake-indexeddb/auto';
import { trackForSpecs } from '../api/track-for-specs';
import { keptItem } from './kept-address';
import { INIT_PART, type KeptTrack } from './kept';
import { deleteOfflineDbs } from './offline-db';
import { OfflineLibrary } from './offline-library';

const ID = '01a20ac0-aaed-7223-acb4-16fd05a84b5c';
const TRACK: KeptTrack = {
  trackId: ID,
  version: '15c3dbba8911',
  codec: 'opus',
  bitrateKbps: 160,
  whole: false,
  sizeBytes: 0,
  item: {
    trackId: ID,
    startMs: 0,
    durationMs: 8000,
    sampleRateHz: 48_000,
    samples: 384_000,
    primingSamples: 312,
    frameSamples: 960,
    leadSamples: 960,
    segmentCount: 2,
    samplesPerSegment: 192_000,
    segmentSamples: null,
    gainDb: 0,
    albumGainDb: null,
    rungs: [],
  },
};
const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const text = (kept: ArrayBuffer | null): string | null => kept && new TextDecoder().decode(kept);
const address = (number: number): string =>
  keptItem(TRACK).rungs[0]?.segments.replace('$Number$', String(number)) ?? '';

describe('what one listener keeps in a browser', () => {
  let library: OfflineLibrary;

  beforeEach(async () => {
    Reflect.set(globalThis, 'caches', { open: () => Promise.resolve({ keys: () => Promise.resolve([]) }) });
    library = await OfflineLibrary.open('ann');
    await library.keepLease({ keepUntil: Date.now() + 60_000, seenAt: Date.now() });
    await library.keep({
      kind: 'track',
      id: ID,
      title: '',
      tracks: [trackForSpecs(ID, { id: ID })],
      addedAt: 1,
    });
  });
  afterEach(async () => {
    library.close();
    await deleteOfflineDbs(null);
  });

  const reopened = async (): Promise<OfflineLibrary> => {
    library.close();
    return (library = await OfflineLibrary.open('ann'));
  };
  const fill = async (numbers: readonly number[]): Promise<void> => {
    await library.begin(TRACK);
    for (const number of numbers) await library.addPart(TRACK, number, bytes(`part ${number}`));
  };

  it('is not listed as there while a part is missing, and goes on behind the parts that came', async () => {
    await fill([INIT_PART, 0]);
    expect(await library.finish(TRACK)).toBe(false);
    const again = await reopened();
    expect(again.find(ID, 'opus')).toBeUndefined();
    expect(again.plan.toFetch).toEqual([ID]);
    expect([...(await again.begin(TRACK))].sort()).toEqual([INIT_PART, 0]);
  });

  it('is read back part by part once it is whole, also by the next page', async () => {
    await fill([INIT_PART, 0, 1]);
    expect(await library.finish(TRACK)).toBe(true);
    const again = await reopened();
    expect(again.plan.toFetch).toEqual([]);
    expect(again.find(ID, 'opus')?.rungs).toHaveLength(1);
    expect(again.find(ID, 'aac')).toBeUndefined();
    expect(text(await again.read(address(1)))).toBe('part 1');
  });

  it('opens no part as another one', async () => {
    await fill([INIT_PART, 0, 1]);
    await library.finish(TRACK);
    expect(await library.read(address(2))).toBeNull();
    expect(await library.read(address(1).replace('15c3dbba8911', '000000000000'))).toBeNull();
  });

  it('begins anew in another rendition, and keeps nothing of the old one', async () => {
    await fill([INIT_PART, 0, 1]);
    expect((await library.begin({ ...TRACK, version: '000000000000' })).size).toBe(0);
    expect(library.find(ID, 'opus')).toBeUndefined();
  });

  it('leaves when nothing wants it any more, also while it is on its way', async () => {
    await fill([INIT_PART]);
    await library.drop('track', ID);
    await library.addPart(TRACK, 0, bytes('late'));
    const again = await reopened();
    expect(again.trackIds).toEqual([]);
    expect((await again.begin(TRACK)).size).toBe(0);
  });

  it('is gone when its time is over, and wished for still', async () => {
    await fill([INIT_PART, 0, 1]);
    await library.finish(TRACK);
    await library.keepLease({ keepUntil: Date.now() - 1, seenAt: Date.now() - 1 });
    expect(library.find(ID, 'opus')).toBeUndefined();
    expect(await library.read(address(0))).toBeNull();
    const again = await reopened();
    expect(again.trackIds).toEqual([]);
    expect(again.plan.toFetch).toEqual([ID]);
  });
});
