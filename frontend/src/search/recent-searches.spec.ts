import { describe, expect, it } from '@jest/globals';
import { readSearches, withSearch } from './recent-searches';

describe('recent searches', () => {
  it('stand newest first, once each, without what was only on the way', () => {
    const searches = ['mina', 'Harbour', 'minazuki', '  ', 'HARBOUR'].reduce<readonly string[]>(
      withSearch,
      [],
    );
    expect(searches).toEqual(['HARBOUR', 'minazuki']);
  });

  it('are eight at most', () => {
    const many = Array.from({ length: 12 }, (_, at) => `${String.fromCharCode(97 + at)} side`);
    expect(many.reduce<readonly string[]>(withSearch, [])).toEqual(many.slice(4).reverse());
  });

  it.each([null, '', '{', '"x"', '{"a":1}'])('are none where %j stands', (stored) => {
    expect(readSearches(stored)).toEqual([]);
  });

  it('are what is text of what stands there', () => {
    expect(readSearches('["a", 1, null, "b"]')).toEqual(['a', 'b']);
  });
});
