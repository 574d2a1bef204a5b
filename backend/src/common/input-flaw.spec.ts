import { describe, expect, it } from '@jest/globals';
import { inputFlaw } from './input-flaw.js';

describe('what no field may hold', () => {
  it.each<[unknown, string | null]>([
    [{ title: 'a\0b' }, 'title'],
    [{ list: [{ name: 'x' }, { name: '\0' }] }, 'list.1.name'],
    [{ rules: { 'a\0': 1 } }, 'rules'],
    ['\0', ''],
    [{ title: '👩‍👩‍👧 \u202e 夜', none: null, n: 1 }, null],
    [undefined, null],
  ])('%j: %s', (input, field) => expect(inputFlaw(input)?.field ?? null).toBe(field));

  it('is found at any depth, and depth itself is one', () => {
    let deep: unknown = 'x';
    for (let at = 0; at < 100_000; at++) deep = [deep];
    expect(inputFlaw({ rules: deep })).toEqual({ field: 'rules', message: 'is nested too deeply' });
  });
});
