import { describe, expect, it } from '@jest/globals';
import { renditionLabel } from './rendition-label';

describe('the badge of what is really heard', () => {
  it.each([
    [{ codecs: 'opus', bandwidth: 231_000, representationId: 'opus-160' }, 'Opus 160'],
    [{ codecs: 'mp4a.40.2', bandwidth: 322_000, representationId: null }, 'AAC 320'],
    [{ codecs: 'Opus', bandwidth: 101_000, representationId: '7' }, 'Opus 96'],
    [{ codecs: 'flac', bandwidth: 900_000, representationId: 'flac-0' }, 'FLAC'],
    [{ codecs: null, bandwidth: 0, representationId: null }, null],
    [{ codecs: 'ec-3', bandwidth: 0, representationId: null }, null],
  ])('%j reads %s', (variant, label) => {
    expect(renditionLabel(variant)).toBe(label);
  });
});
