import { describe, expect, it } from '@jest/globals';
import { renewalDelayMs, withNewestSignature } from './grant';

const now = Date.parse('2026-05-04T10:00:00Z');
const base = 'http://127.0.0.1:7700';
const signed = '/media/t1/dash.mpd?e=200&s=new';

describe('a playback grant', () => {
  it('is renewed when six tenths of its ten minutes are gone', () => {
    expect(renewalDelayMs('2026-05-04T10:10:00Z', now)).toBe(360_000);
  });

  it('is renewed soon, but not at once for ever, when a clock is far off', () => {
    expect(renewalDelayMs('2020-01-01T00:00:00Z', now)).toBe(15_000);
    expect(renewalDelayMs('2030-01-01T00:00:00Z', now)).toBe(360_000);
    expect(renewalDelayMs('nonsense', now)).toBe(360_000);
  });
});

describe('the newest signature', () => {
  it('replaces the one that a segment address came with', () => {
    expect(
      withNewestSignature(`${base}/media/t1/0123456789ab/opus-160/3.m4s?e=100&s=old`, signed, base),
    ).toBe(`${base}/media/t1/0123456789ab/opus-160/3.m4s?e=200&s=new`);
  });

  it('is put on an address that came without one', () => {
    expect(withNewestSignature('/media/t1/0123456789ab/opus-160/init.mp4', signed, base)).toBe(
      `${base}/media/t1/0123456789ab/opus-160/init.mp4?e=200&s=new`,
    );
  });

  it('is never given to another track or another host', () => {
    expect(withNewestSignature('/media/t12/0123456789ab/opus-160/3.m4s', signed, base)).toBe(
      '/media/t12/0123456789ab/opus-160/3.m4s',
    );
    expect(withNewestSignature('http://elsewhere/media/t1/x', signed, base)).toBe(
      'http://elsewhere/media/t1/x',
    );
  });
});
