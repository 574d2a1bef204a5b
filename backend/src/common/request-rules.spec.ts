import { describe, expect, it } from '@jest/globals';
import { isForeignWrite } from './request-rules.js';

const request = (change: object) => ({
  method: 'POST',
  host: 'music.home:7700',
  origin: undefined,
  fetchSite: undefined,
  ...change,
});

describe('a write', () => {
  it.each([
    ['from a program', {}, false],
    ['from the page itself', { origin: 'http://music.home:7700', fetchSite: 'same-origin' }, false],
    ['from another site', { origin: 'https://evil.example', fetchSite: 'cross-site' }, true],
    [
      'from another port of the same host',
      { origin: 'http://music.home:8080', fetchSite: 'same-site' },
      true,
    ],
    ['from a sandboxed frame', { origin: 'null' }, true],
    ['that only reads', { method: 'GET', origin: 'https://evil.example', fetchSite: 'cross-site' }, false],
  ])('%s', (_name, change, foreign) => expect(isForeignWrite(request(change), null)).toBe(foreign));

  it('from the public address is let through behind a proxy that rewrites Host', () => {
    expect(
      isForeignWrite(
        request({ host: '127.0.0.1:7700', origin: 'https://music.example.org' }),
        'music.example.org',
      ),
    ).toBe(false);
  });
});
