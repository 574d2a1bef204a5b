import { describe, expect, it } from '@jest/globals';
import { DownloadPlaces, MOST_AT_ONCE, MOST_OF_ONE } from './download-places.js';

const times = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('places for downloads', () => {
  it('are few for one person, and come back once each', () => {
    const places = new DownloadPlaces();
    const leave = times(MOST_OF_ONE).map(() => places.enter('mia'));
    expect(() => places.enter('mia')).toThrow('Too many downloads');
    places.enter('leo');
    leave[0]?.();
    leave[0]?.();
    places.enter('mia');
    expect(() => places.enter('mia')).toThrow('Too many downloads');
  });

  it('are few for all together', () => {
    const places = new DownloadPlaces();
    for (const at of times(MOST_AT_ONCE)) places.enter(`listener ${at}`);
    expect(() => places.enter('one more')).toThrow('Too many downloads');
  });
});
