import { describe, expect, it } from '@jest/globals';
import { shouldRebuild, type IndexState } from './rebuild-policy.js';

const HOUR = 3600_000;
const state: IndexState = { builtAgoMs: HOUR, tookMs: 60_000, docs: 1_000_000, fresh: 0, quietMs: HOUR };

describe('the index is built anew', () => {
  it.each<[string, Partial<IndexState>]>([
    ['where there was never one', { builtAgoMs: null }],
    ['once a day, since what is popular changes', { builtAgoMs: 25 * HOUR }],
    ['when much has changed', { fresh: 150_000, quietMs: 0 }],
    ['when changes have ended for long beside what it costs', { fresh: 1 }],
    ['seconds after the last change of a small one', { fresh: 1, docs: 500, tookMs: 80, quietMs: 4000 }],
  ])('%s', (_, change) => expect(shouldRebuild({ ...state, ...change })).toBe(true));

  it.each<[string, Partial<IndexState>]>([
    ['when nothing has changed', {}],
    ['while little changes in a large one', { fresh: 5000, quietMs: HOUR / 60 }],
    ['while a small one is still changing', { fresh: 100, docs: 500, tookMs: 80, quietMs: 1000 }],
  ])('but not %s', (_, change) => expect(shouldRebuild({ ...state, ...change })).toBe(false));
});
