import { describe, expect, it } from '@jest/globals';
import { bitrateKbpsOf, DEFAULT_QUALITY, QUALITIES, readChoice } from './quality';

describe('the quality that a listener has chosen', () => {
  it('is read as it was stored, each place for itself', () => {
    const stored = JSON.stringify({ network: 'lossless', mobile: 'low', downloads: 'high' });
    expect(readChoice(stored)).toEqual({ network: 'lossless', mobile: 'low', downloads: 'high' });
  });

  it.each([[null], ['nonsense'], ['7'], ['null'], ['{"network":"best","mobile":4,"downloads":"auto"}']])(
    'is the usual one where %s is stored',
    (stored) => expect(readChoice(stored)).toEqual(DEFAULT_QUALITY),
  );

  it('keeps to one rung only where its name says one', () => {
    expect(QUALITIES.map(bitrateKbpsOf)).toEqual([null, 96, 160, 320, null]);
  });
});
