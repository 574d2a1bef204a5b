import { describe, expect, it } from '@jest/globals';
import { RecentMap } from './recent-map.js';

const mapOf = (...names: readonly string[]): RecentMap<string> => {
  const map = new RecentMap<string>();
  for (const name of names) map.set(name, name);
  return map;
};

describe('RecentMap', () => {
  it('gives up the oldest one that nobody asked for since', () => {
    const map = mapOf('a', 'b', 'c');
    map.get('a');
    expect([map.evict(), map.evict(), map.evict(), map.evict()]).toEqual(['b', 'c', 'a', undefined]);
  });

  it('gives up the oldest when all were asked for', () => {
    const map = mapOf('a', 'b', 'c');
    for (const name of ['c', 'b', 'a']) map.get(name);
    expect([map.evict(), map.size, map.get('a')]).toEqual(['a', 2, undefined]);
  });

  it('finds what was set last under a name, and nothing that was taken out', () => {
    const map = mapOf('a', 'b', 'c');
    map.set('a', 'another');
    expect([map.get('a'), map.delete('b'), map.get('b')]).toEqual(['another', 'b', undefined]);
    map.deleteWhere((value) => value === 'c');
    expect([map.get('c'), map.size]).toEqual([undefined, 1]);
    map.clear();
    expect(map.get('a')).toBeUndefined();
  });
});
