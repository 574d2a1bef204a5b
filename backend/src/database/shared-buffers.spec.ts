import { describe, expect, it } from '@jest/globals';
import { memoryBytes, sharedBuffersMb } from './shared-buffers.js';

const GB = 2 ** 30;

describe('the memory that Postgres keeps its pages in', () => {
  it('is an eighth of what there is, between what every machine has and what a million tracks need', () => {
    expect(sharedBuffersMb(4 * GB)).toBe(512);
    expect(sharedBuffersMb(GB / 2)).toBe(128);
    expect(sharedBuffersMb(64 * GB)).toBe(1024);
  });

  it('is never reckoned from nothing', () => expect(memoryBytes()).toBeGreaterThan(GB / 16));
});
