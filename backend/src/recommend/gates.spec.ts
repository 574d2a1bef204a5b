import { describe, expect, it } from '@jest/globals';
import { judge, type Contest, type Measured } from './gates.js';
import { highestOf } from './ladder.js';

const measured = (ndcg20: number, coverage = 0.5): Measured => ({
  ndcg20,
  recall20: 0.3,
  coverage,
  popularity: 9,
});
const contest = (over: Partial<Contest> = {}): Contest => ({
  model: measured(0.3),
  popularity: measured(0.1, 0.02),
  itemKnn: measured(0.25),
  previous: measured(0.3),
  isLearnt: true,
  areNumbers: true,
  ...over,
});
const refusedBy = (over: Partial<Contest>): string | null => judge(contest(over)).refusedBy;

describe('the gates of a model', () => {
  it('let through what beats item-kNN, which beats popularity, and is no worse than before', () => {
    const { gates, refusedBy: by } = judge(contest());
    expect(by).toBeNull();
    expect(gates.map(({ name }) => name)).toEqual([
      'numbers',
      'popularity',
      'itemKnn',
      'previous',
      'coverage',
    ]);
  });

  it('stop what does not beat popularity or item-kNN', () => {
    expect(refusedBy({ model: measured(0.05), previous: null, itemKnn: null })).toBe('popularity');
    expect(refusedBy({ itemKnn: measured(0.31) })).toBe('itemKnn');
  });

  it('forgive a fiftieth of the measure and a tenth of the music, and no more', () => {
    expect(refusedBy({ model: measured(0.295) })).toBeNull();
    expect(refusedBy({ model: measured(0.29) })).toBe('previous');
    expect(refusedBy({ model: measured(0.3, 0.46) })).toBeNull();
    expect(refusedBy({ model: measured(0.3, 0.44) })).toBe('coverage');
  });

  it('stop what is no number, wherever it stands', () => {
    expect(refusedBy({ model: measured(Number.NaN) })).toBe('numbers');
    expect(refusedBy({ areNumbers: false })).toBe('numbers');
  });

  it('let popularity through where nothing was there before', () => {
    expect(refusedBy({ model: measured(0.1), isLearnt: false, itemKnn: null, previous: null })).toBeNull();
  });
});

describe('the ladder', () => {
  it('takes the simplest of those that are equal, and nothing that is no number', () => {
    const rung = (name: string, ndcg20: number) => ({ name, ndcg20 });
    expect(highestOf([rung('a', 0.1), rung('b', 0.2), rung('c', 0.2)])?.name).toBe('b');
    expect(highestOf([rung('a', 0.1), rung('b', Number.NaN)])?.name).toBe('a');
    expect(highestOf([rung('a', Number.NaN), rung('b', 0.1)])?.name).toBe('b');
    expect(highestOf([])).toBeUndefined();
  });
});
