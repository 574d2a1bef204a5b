import { describe, expect, it } from '@jest/globals';
import { rungOfAddress } from '../player/failure';
import { keptItem, partAt, partPlace } from './kept-address';
import { INIT_PART, type KeptTrack } from './kept';

const TRACK: KeptTrack = {
  trackId: '01a20ac0-aaed-7223-acb4-16fd05a84b5c',
  version: '15c3dbba8911',
  codec: 'opus',
  bitrateKbps: 160,
  whole: true,
  sizeBytes: 1,
  item: {
    trackId: '01a20ac0-aaed-7223-acb4-16fd05a84b5c',
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
    rungs: [],
  },
};

describe('the address of what is kept', () => {
  it('names the part that lies there, as that of the server does', () => {
    const [rung] = keptItem(TRACK).rungs;
    const { trackId, version, codec, bitrateKbps } = TRACK;
    const rendition = { trackId, version, codec, bitrateKbps };
    expect(partAt(rung?.init ?? '')).toEqual({ rendition, number: INIT_PART });
    expect(partAt(rung?.segments.replace('$Number$', '7') ?? '')).toEqual({ rendition, number: 7 });
    expect(partAt(`${partPlace(rendition, 7)}?h=holder&s=signature`)).toEqual({ rendition, number: 7 });
  });

  it('tells whose rung it is to whoever finds it broken', () => {
    const [rung] = keptItem(TRACK).rungs;
    expect(rungOfAddress(rung?.segments.replace('$Number$', '0') ?? '')).toEqual({
      trackId: TRACK.trackId,
      bitrateKbps: 160,
    });
  });

  it.each(['', '/media/x/y/opus-160/init.mp4', `/media/${TRACK.trackId}/15c3dbba8911/mp3-160/init.mp4`])(
    '%j is none',
    (address) => expect(partAt(address)).toBeNull(),
  );
});
