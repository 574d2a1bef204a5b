import { afterEach, describe, expect, it } from '@jest/globals';
import { keptFirst } from './kept-grants';
import { setKeptMusic } from './kept-music';
import type { GrantedItem } from './queue-timeline';

const item = (trackId: string, init: string): GrantedItem => ({
  trackId,
  startMs: 0,
  durationMs: 1000,
  sampleRateHz: 48_000,
  samples: 48_000,
  primingSamples: 312,
  frameSamples: 960,
  leadSamples: 960,
  segmentCount: 1,
  samplesPerSegment: 48_312,
  segmentSamples: null,
  gainDb: 0,
  albumGainDb: null,
  rungs: [{ bitrateKbps: 160, init, segments: init }],
});
const granted = (ids: readonly string[]) =>
  Promise.resolve({ items: ids.map((id) => item(id, '/media/x')), dash: '', expiresAt: '' });
const away = () => Promise.reject(new Error('no network'));
const keep = (kept: readonly string[]): void =>
  setKeptMusic(
    Promise.resolve({
      find: (id: string) => (kept.includes(id) ? item(id, 'kanade-offline:/media/x') : undefined),
      codecOf: () => 'opus',
      read: () => Promise.resolve(null),
    }),
  );
const origins = (items: readonly GrantedItem[]) =>
  items.map(({ trackId, rungs }) => `${trackId} ${rungs[0]?.init.split('/')[0]}`).sort();

describe('what a queue is played from', () => {
  afterEach(() => setKeptMusic(null));

  it('is what is kept, where it is kept, and the server for the rest', async () => {
    keep(['a']);
    const { items } = await keptFirst(granted)(['a', 'b'], 'opus');
    expect(origins(items)).toEqual(['a kanade-offline:', 'b ']);
  });

  it('is what is kept alone without a network, and a failure where that is nothing', async () => {
    keep(['a']);
    expect(origins((await keptFirst(away)(['a', 'b'], 'opus')).items)).toEqual(['a kanade-offline:']);
    await expect(keptFirst(away)(['b'], 'opus')).rejects.toThrow('no network');
  });

  it('stays the server for what stands on the timeline from there', async () => {
    keep(['a']);
    const standing = () => item('a', '/media/x');
    expect(origins((await keptFirst(granted)(['a'], 'opus', standing)).items)).toEqual(['a ']);
  });
});
