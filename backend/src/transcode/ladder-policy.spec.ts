import { describe, expect, it } from '@jest/globals';
import { firstRung, rungsAhead } from './ladder-policy.js';

const names = (...args: Parameters<typeof rungsAhead>): string[] =>
  rungsAhead(...args).map((rung) => rung.name);

describe('rungsAhead', () => {
  it('eager makes the whole ladder, and FLAC only of lossless sources', () => {
    const lossy = ['aac-96', 'aac-160', 'aac-320', 'opus-96', 'opus-160', 'opus-320'];
    expect(names('eager', true)).toEqual([...lossy, 'flac-0']);
    expect(names('eager', false)).toEqual(lossy);
  });

  it('smart makes the middle rung of each lossy codec', () => {
    expect(names('smart', true)).toEqual(['aac-160', 'opus-160']);
    expect(names('smart', false)).toEqual(['aac-160', 'opus-160']);
  });

  it('lazy makes nothing before somebody asks', () => {
    expect(names('lazy', true)).toEqual([]);
  });
});

describe('firstRung', () => {
  it('is the middle one, and of FLAC the only one', () => {
    expect((['aac', 'opus', 'flac'] as const).map((codec) => firstRung(codec).name)).toEqual([
      'aac-160',
      'opus-160',
      'flac-0',
    ]);
  });
});
