import { describe, expect, it } from '@jest/globals';
import { BatchAllowance } from './batch-allowance.js';

describe('batches of what was experienced', () => {
  it('are taken so many a minute, and again as time goes by', () => {
    let now = 0;
    const allowance = new BatchAllowance(2, () => now);
    expect([allowance.take('a'), allowance.take('a'), allowance.take('a')]).toEqual([0, 0, 30]);
    now = 30_000;
    expect([allowance.take('a'), allowance.take('a')]).toEqual([0, 30]);
  });

  it('of one listener are nothing to another', () => {
    const allowance = new BatchAllowance(1, () => 0);
    expect([allowance.take('a'), allowance.take('b'), allowance.take('a')]).toEqual([0, 0, 60]);
  });
});
