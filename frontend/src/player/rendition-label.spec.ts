import { describe, expect, it } from '@jest/globals';
import { renditionLabel } from './rendition-label';

describe('the badge of what is really heard', () => {
  it.each([
    [{ codec: 'opus', bitrateKbps: 160 }, 'Opus 160'],
    [{ codec: 'aac', bitrateKbps: 320 }, 'AAC 320'],
    [{ codec: 'flac', bitrateKbps: 0 }, 'FLAC'],
  ] as const)('%j reads %s', (heard, label) => {
    expect(renditionLabel(heard)).toBe(label);
  });
});
