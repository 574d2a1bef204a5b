import { describe, expect, it } from '@jest/globals';
import { aheadOf, likelyPage, readAhead } from './likely';

describe('what is likely to be wanted next', () => {
  it.each(['track', 'album', 'artist', 'playlist'] as const)(
    'is read off a place as it was written: %s',
    (kind) => {
      expect(readAhead(aheadOf(kind, '0199-a'))).toEqual({ kind, id: '0199-a' });
    },
  );

  it.each(['', 'track', 'home x', 'track a b'])('is nothing where nobody wrote it: “%s”', (written) => {
    expect(readAhead(written)).toBeNull();
  });

  it('is the page of a link, where one call brings its data', () => {
    expect(likelyPage('/')).toEqual({ kind: 'home' });
    expect(likelyPage('/albums/7')).toEqual({ kind: 'album', id: '7' });
    expect(['/albums', '/albums/7/x', '/settings', '/search'].map(likelyPage)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
