import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../api/api-error';
import { failedRungOf, failureOf, httpStatusOf, isDamage, isRefusedAtAppend, rungOfError } from './failure';

const badStatus = (status: number) => ({ category: 1, code: 1001, data: ['/media/x/0.m4s', status, 'body'] });

describe('why a track does not play', () => {
  it.each([
    ['a file the server has lost', badStatus(404), 'missing'],
    ['a grant that was revoked', badStatus(403), 'forbidden'],
    ['a rendition that is still being made', new ApiError('RENDITION_NOT_READY', 409, ''), 'preparing'],
    ['a server that is starting', badStatus(503), 'preparing'],
    ['a network that went away', { category: 1, code: 1002, data: [] }, 'offline'],
    ['a server that never answered', new ApiError('OFFLINE', 0, ''), 'offline'],
    ['bytes that the browser cannot decode', { category: 3, code: 3016, data: [] }, 'unsupported'],
    ['something else', new Error('?'), 'unknown'],
  ])('%s', (_, error, kind) => {
    expect(failureOf(error)).toBe(kind);
  });

  it('has no status when nothing answered', () => {
    expect(httpStatusOf({ category: 1, code: 1002, data: [] })).toBe(0);
    expect(httpStatusOf(badStatus(403))).toBe(403);
  });

  it('is told of a rung where the server speaks of that, or its answer broke off', () => {
    const trackId = '01a208a2-5e4d-72d0-8677-2fb6c13885d4';
    const uri = `https://kanade.example/media/${trackId}/abcdef012345/opus-160/full/3.m4s?h=a`;
    const failed = (code: number, status?: number) =>
      failedRungOf({ category: 1, code, data: [uri, status] });
    expect([failed(1001, 404), failed(1001, 503), failed(1002)]).toEqual(
      Array(3).fill({ trackId, bitrateKbps: 160 }),
    );
    expect([failed(1001, 403), failed(1001, 429), failed(1003)]).toEqual([null, null, null]);
    expect(failedRungOf({ category: 3, code: 3016, data: [] })).toBeNull();
  });

  it('lies in the bytes where the browser refuses them as it takes them in, or as it decodes them', () => {
    const song = '6b1f0a52-8d52-4a79-9a3c-52f1a9a3a111';
    const media = (code: number, ...data: unknown[]) => ({ category: 3, code, data });
    const refused = media(3014, 3, `/media/${song}/v/opus-160/full/1.m4s`);
    const undecodable = media(3016, 3, null, 'PIPELINE_ERROR_DECODE');
    const told = media(3016, 3, null, 'CHUNK_DEMUXER_ERROR_APPEND_FAILED');
    expect([refused, undecodable, told].map(isDamage)).toEqual([true, true, true]);
    expect([refused, undecodable, told].map(isRefusedAtAppend)).toEqual([true, false, true]);
    expect(rungOfError(refused)).toEqual({ trackId: song, bitrateKbps: 160 });
    expect(rungOfError(undecodable)).toBeNull();
    expect([media(3017), badStatus(503), null].map(isDamage)).toEqual([false, false, false]);
  });
});
