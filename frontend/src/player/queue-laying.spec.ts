import { describe, expect, it } from '@jest/globals';
import { planLaying, type Supply, type Wanted } from './queue-laying';
import { placeItems, type GrantedItem } from './queue-timeline';

const item = (trackId: string, kbps: readonly number[] = [160]): GrantedItem => ({
  trackId,
  startMs: 0,
  durationMs: 10_000,
  sampleRateHz: 48_000,
  samples: 480_000,
  primingSamples: 312,
  frameSamples: 960,
  leadSamples: 0,
  segmentCount: 1,
  samplesPerSegment: 480_312,
  segmentSamples: null,
  gainDb: 0,
  albumGainDb: null,
  rungs: kbps.map((bitrateKbps) => ({ bitrateKbps, init: '', segments: '' })),
});
const IDS = ['a', 'b', 'c', 'd'];
const wantedOf = (...ids: readonly string[]): Wanted[] =>
  ids.map((id) => ({ key: IDS.indexOf(id), track: { id } }));
const placed = placeItems(
  ['a', 'b', 'c'].map((id, key) => ({ key, item: item(id) })),
  0,
);
const supplyOf = (more: Partial<Supply> = {}): Supply => ({
  find: (id) => item(id),
  isBroken: () => false,
  isComing: () => true,
  isOutdated: () => false,
  ...more,
});
const CLOSED = { placed, playing: 0, closedAtSeconds: 30 };

describe('what a queue lays anew', () => {
  it('is nothing while it lies there as it is wanted', () => {
    expect(planLaying(CLOSED, wantedOf('a', 'b', 'c'), supplyOf())).toBeNull();
  });

  it('is what comes after the first difference, from that join on', () => {
    const laying = planLaying(CLOSED, wantedOf('a', 'c', 'd'), supplyOf());
    expect(laying?.edit).toMatchObject({ fromSeconds: 10, behindSeconds: 0, isOpen: false });
    expect(laying?.placed.map(({ item: { trackId }, startSeconds }) => [trackId, startSeconds])).toEqual([
      ['a', 0],
      ['c', 10],
      ['d', 20],
    ]);
    expect(laying).toMatchObject({ replaced: true, fromTheFirst: false });
  });

  it('ends before what is not granted yet, and stays open for it; before what is broken it ends for good', () => {
    const [a] = placed;
    if (!a) throw new Error('nothing was placed');
    const start = { placed: [a], playing: 0, closedAtSeconds: null };
    const find = (id: string) => (id === 'c' ? undefined : item(id));
    const open = planLaying(start, wantedOf('a', 'b', 'c'), supplyOf({ find }));
    expect([open?.edit.items.length, open?.edit.isOpen]).toEqual([1, true]);
    const broken = { find, isBroken: (id: string) => id === 'c', isComing: (id: string) => id !== 'c' };
    const closed = planLaying(start, wantedOf('a', 'b', 'c'), supplyOf(broken));
    expect([closed?.edit.items.length, closed?.edit.isOpen]).toEqual([1, false]);
  });

  it('leaves what sounds in its place, also when all of its rungs are broken', () => {
    const broken = {
      isBroken: (id: string) => id === 'a',
      find: (id: string) => (id === 'a' ? undefined : item(id)),
    };
    const laying = planLaying(CLOSED, wantedOf('a', 'c'), supplyOf(broken));
    expect(laying?.placed.map(({ item: { trackId } }) => trackId)).toEqual(['a', 'c']);
  });

  it('is the one that sounds as well, in its own place, when it lost a rung', () => {
    const isOutdated = ({ trackId, rungs }: GrantedItem) => trackId === 'a' && rungs.length > 1;
    const two = placeItems([{ key: 0, item: item('a', [96, 160]) }], 5);
    const laying = planLaying(
      { placed: two, playing: 0, closedAtSeconds: 15 },
      wantedOf('a', 'b'),
      supplyOf({ isOutdated }),
    );
    expect(laying).toMatchObject({ fromTheFirst: true, edit: { fromSeconds: 5 } });
    expect(laying?.placed.map(({ item: { rungs } }) => rungs.length)).toEqual([1, 1]);
  });

  it('lets go of what lies more than one behind', () => {
    const laying = planLaying({ ...CLOSED, playing: 2 }, wantedOf('c', 'd'), supplyOf());
    expect(laying?.placed.map(({ item: { trackId } }) => trackId)).toEqual(['b', 'c', 'd']);
    expect(laying).toMatchObject({ playing: 1, edit: { behindSeconds: 10, fromSeconds: 30 } });
  });
});
