import { describe, expect, it } from '@jest/globals';
import { safeReturn } from './session';

describe('after signing in', () => {
  it.each([
    ['/albums/7?x=1', '/albums/7?x=1'],
    [null, '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['https://elsewhere.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/signin', '/'],
  ])('%s leads to %s', (wanted, place) => {
    expect(safeReturn(wanted)).toBe(place);
  });
});
