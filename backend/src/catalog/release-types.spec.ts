import { describe, expect, it } from '@jest/globals';
import { primaryType, releaseTypes } from './release-types.js';

describe('the types of a release', () => {
  it.each([
    [['album', 'live'], 'Blue', ['album', 'live']],
    [['Live; Album'], 'Blue', ['album', 'live']],
    [['EP'], 'Blue', ['ep']],
    [['album/compilation'], 'Blue', ['album', 'compilation']],
    [['Mixtape/Street'], 'Blue', ['mixtape']],
    [['maxi-single'], 'Blue', ['single']],
    [['hologram', '\0'], 'Blue', []],
    [[], 'Blue - Single', ['single']],
    [[], 'Blue (EP)', ['ep']],
    [['album'], 'Blue - EP', ['album']],
    [[], 'Deep', []],
    [[], 'Single', []],
  ])('%j on "%s" are %j', (tagged, title, types) =>
    expect(releaseTypes(tagged, title, false)).toEqual(types),
  );

  it('know a compilation by its flag alone, and what it is first of all', () => {
    expect(releaseTypes([], 'Blue', true)).toEqual(['compilation']);
    expect(primaryType(releaseTypes(['live', 'album'], 'Blue', true))).toBe('album');
    expect(primaryType(['live'])).toBe('live');
    expect(primaryType([])).toBeNull();
  });
});
