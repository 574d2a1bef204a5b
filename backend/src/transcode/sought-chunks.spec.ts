import { describe, expect, it } from '@jest/globals';
import { SoughtChunks } from './sought-chunks.js';

describe('an init part that nobody has made yet', () => {
  it('is that of the chunk that somebody asks for already', async () => {
    const sought = new SoughtChunks();
    sought.enter('a', 7);
    expect(await sought.soon('a')).toBe(7);
  });

  it('is that of the chunk that is asked for in a moment', async () => {
    const sought = new SoughtChunks();
    const soon = sought.soon('a');
    sought.enter('b', 3);
    sought.enter('a', 9);
    expect(await soon).toBe(9);
  });

  it('is that of the first chunk where nobody asks for another, or does not any more', async () => {
    const sought = new SoughtChunks();
    const [one, other] = [sought.enter('a', 4), sought.enter('a', 5)];
    one();
    expect(await sought.soon('a')).toBe(5);
    other();
    expect(await sought.soon('a')).toBe(0);
  });
});
