import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../api/api-error';
import { failureOf, httpStatusOf } from './failure';

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
});
