import { describe, expect, it } from '@jest/globals';
import { announcementOf, changedTrackOf, encodeEvent, growthOf, renditionIdOf } from './announcement.js';

const growth = (segments: number, firstNew: number, initBytes: number | null = 700) => ({
  draftPath: '/data/store/drafts/x.part',
  initBytes,
  segmentBytes: Array.from({ length: segments }, (_, index) => 1_000_000 + index),
  segmentSamples: Array.from({ length: segments }, () => 192_000),
  firstNew,
});

describe('announcementOf', () => {
  it('tells where each new fragment lies', () => {
    expect(announcementOf('r', growth(4, 2))).toEqual({
      renditionId: 'r',
      draftPath: '/data/store/drafts/x.part',
      initBytes: 700,
      first: 2,
      offset: 700 + 1_000_000 + 1_000_001,
      bytes: [1_000_002, 1_000_003],
    });
  });

  it('fits into a notification however much there is to tell', () => {
    for (const segments of [1, 499, 500, 501, 9000])
      expect(
        Buffer.byteLength(JSON.stringify(announcementOf('r'.repeat(36), growth(segments, 0)))),
      ).toBeLessThan(8000);
  });

  it('is read back as it was told', () => {
    const told: unknown = JSON.parse(JSON.stringify(announcementOf('r', growth(3, 1))));
    expect(growthOf(told)).toEqual(told);
    expect(renditionIdOf(told)).toBe('r');
  });

  it('tells only the name before the init part is there', () => {
    expect(growthOf(announcementOf('r', growth(0, 0, null)))).toBeUndefined();
  });

  it.each([null, 'text', 5, [], {}, { renditionId: 5 }])('%j speaks of no rendition', (payload) => {
    expect(renditionIdOf(payload)).toBeUndefined();
    expect(growthOf(payload)).toBeUndefined();
    expect(changedTrackOf(payload)).toBeUndefined();
  });

  it('a track that changed as a whole is told by its own id', () => {
    expect(changedTrackOf({ trackId: 't' })).toBe('t');
    expect(renditionIdOf({ trackId: 't' })).toBeUndefined();
  });
});

describe('encodeEvent', () => {
  it('counts the segments that are there and those that will be', () => {
    const claimed = {
      id: 'r',
      fence: '1',
      trackId: 't',
      codec: 'opus',
      bitrateKbps: 160,
      chunk: 0,
      chunks: 1,
      sampleRateHz: 48_000,
      sampleCount: 480_000,
    } as const;
    expect(encodeEvent(claimed, 'encoding', growth(2, 0))).toEqual({
      trackId: 't',
      codec: 'opus',
      bitrateKbps: 160,
      state: 'encoding',
      segmentsDone: 2,
      segmentsTotal: 3,
    });
    expect(encodeEvent(claimed, 'ready')).toMatchObject({ segmentsDone: 3, segmentsTotal: 3 });
    expect(encodeEvent(claimed, 'failed')).toMatchObject({ segmentsDone: 0 });
  });

  it('says of a long track that it is being encoded until its last chunk is ready', () => {
    const claimed = {
      id: 'r',
      fence: '1',
      trackId: 't',
      codec: 'opus',
      bitrateKbps: 160,
      chunk: 3,
      chunks: 10,
      sampleRateHz: 48_000,
      sampleCount: 80 * 4 * 48_000 - 1000,
    } as const;
    const some = { segmentsDone: 16, allReady: false };
    expect(encodeEvent(claimed, 'ready', undefined, some)).toMatchObject({
      state: 'encoding',
      segmentsDone: 16,
      segmentsTotal: 80,
    });
    expect(encodeEvent(claimed, 'failed', undefined, some)).toMatchObject({
      state: 'failed',
      segmentsDone: 16,
    });
    const all = { segmentsDone: 80, allReady: true };
    expect(encodeEvent(claimed, 'ready', undefined, all)).toMatchObject({ state: 'ready', segmentsDone: 80 });
  });
});
