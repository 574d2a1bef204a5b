import { describe, expect, it } from '@jest/globals';
import { masterText } from './master-text';

const master = { channels: 2, sampleRateHz: 44_100, bitDepth: 16, bitrateKbps: 900, lossless: true };

describe('the master of a track', () => {
  it.each([
    [{ ...master, codec: 'flac' }, 'FLAC 16/44'],
    [{ ...master, codec: 'flac', bitDepth: 24, sampleRateHz: 96_000 }, 'FLAC 24/96'],
    [{ ...master, codec: 'pcm_s16le' }, 'PCM 16/44'],
    [{ ...master, codec: 'aac', lossless: false, bitDepth: null, bitrateKbps: 256 }, 'AAC 256'],
    [{ ...master, codec: 'vorbis', lossless: false, bitDepth: null, bitrateKbps: null }, 'Vorbis'],
    [{ ...master, codec: 'tak' }, 'TAK 16/44'],
    [null, ''],
  ])('%j reads %s', (given, text) => {
    expect(masterText(given)).toBe(text);
  });
});
