import { describe, expect, it } from '@jest/globals';
import { PlayCounter } from './play-counts.js';

const ALL = { items: 1, listeners: 1 };

const counted = (plays: readonly (readonly [string, string, number])[]): PlayCounter => {
  const counter = new PlayCounter();
  for (const [listener, item, count] of plays)
    for (let play = 0; play < count; play++) counter.add(listener, item);
  return counter;
};

const PLAYS = [
  ['ann', 'b', 1],
  ['ann', 'a', 100],
  ['bob', 'b', 3],
  ['bob', 'c', 3],
] as const;

describe('counted plays', () => {
  it('are rows in the order of ids, whatever the order of the plays', () => {
    const { items, interactions } = counted(PLAYS).interactions(ALL);
    expect(items).toEqual(['a', 'b', 'c']);
    expect(counted([...PLAYS].reverse()).interactions(ALL)).toEqual({ items, interactions });
  });

  it('weigh what one plays often a little more than what one plays as often as the rest', () => {
    const { interactions } = counted(PLAYS).interactions(ALL);
    const [often = 0, once = 0, ...same] = interactions.weights;
    expect(often).toBeCloseTo(10 ** 0.3, 5);
    expect(once).toBeCloseTo(10 ** -0.3, 5);
    expect(same).toEqual([1, 1]);
  });

  it('leave out items of too few listeners, and listeners of too few items', () => {
    const { items, interactions } = counted(PLAYS).interactions({ items: 2, listeners: 2 });
    expect(items).toEqual(['b']);
    expect(interactions.userCount).toBe(2);
    expect(counted(PLAYS).interactions({ items: 3, listeners: 1 }).interactions.userCount).toBe(0);
  });
});
