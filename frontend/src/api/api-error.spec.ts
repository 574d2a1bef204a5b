import { describe, expect, it } from '@jest/globals';
import { apiErrorFrom, isStatus } from './api-error';

describe('a refusal by the server', () => {
  it('keeps the code and the words of problem+json', async () => {
    const body = JSON.stringify({
      title: 'Not found',
      detail: 'album 7 does not exist',
      code: 'ALBUM_NOT_FOUND',
    });
    const error = await apiErrorFrom(new Response(body, { status: 404 }));
    expect(error).toMatchObject({ code: 'ALBUM_NOT_FOUND', status: 404, message: 'album 7 does not exist' });
    expect(isStatus(error, 404)).toBe(true);
  });

  it('falls back to the status when a proxy answered with HTML', async () => {
    const error = await apiErrorFrom(
      new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }),
    );
    expect(error).toMatchObject({ code: 'HTTP_502', status: 502, message: 'Bad Gateway' });
  });

  it('is not confused by fields of another type', async () => {
    const error = await apiErrorFrom(new Response('{"code":7,"detail":null}', { status: 400 }));
    expect(error.code).toBe('HTTP_400');
  });
});
