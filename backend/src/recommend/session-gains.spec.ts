import { describe, expect, it } from '@jest/globals';
import { sessionGains } from './session-gains.js';

describe('what a radio goes by', () => {
  it('begins with what it began with, each as much', () => {
    expect([...sessionGains(['a', 'b'], [], new Set())]).toEqual([
      ['a', 0.5],
      ['b', 0.5],
    ]);
  });

  it('goes by what was heard last, less and less by what was before, and keeps its beginning', () => {
    const gains = sessionGains(['a'], ['x', 'y'], new Set());
    expect(gains.get('y')).toBe(1);
    expect(gains.get('x')).toBeCloseTo(0.8, 12);
    expect(gains.get('a')).toBeCloseTo(0.9, 12);
  });

  it('does not go by what was skipped, nor by what was heard long ago', () => {
    const long = Array.from({ length: 12 }, (_, at) => `t${at}`);
    const gains = sessionGains(['a'], long, new Set(['a', 't11']));
    expect(gains.has('a') || gains.has('t11') || gains.has('t0')).toBe(false);
    expect(gains.get('t10')).toBe(1);
  });
});
