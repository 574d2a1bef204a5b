import { describe, expect, it } from '@jest/globals';
import { Places } from './places.js';

const LIMITS = { all: 5, ofOne: 2, complaint: 'Too many at once.' };
const times = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('places', () => {
  it('are few for one person, and come back once each', () => {
    const places = new Places(LIMITS);
    const leave = times(LIMITS.ofOne).map(() => places.enter('mia'));
    expect(() => places.enter('mia')).toThrow('Too many at once');
    places.enter('leo');
    leave[0]?.();
    leave[0]?.();
    places.enter('mia');
    expect(() => places.enter('mia')).toThrow('Too many at once');
  });

  it('are few for all together', () => {
    const places = new Places(LIMITS);
    for (const at of times(LIMITS.all)) places.enter(`listener ${at}`);
    expect(() => places.enter('one more')).toThrow('Too many at once');
  });
});
