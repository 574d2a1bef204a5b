import { describe, expect, it } from '@jest/globals';
import { cacheControlOf, candidateFiles, isOpenBeforeSetup } from './page-files.js';

describe('the exported pages', () => {
  it.each([
    ['/', ['index.html']],
    ['/library', ['library.html']],
    ['/library.txt', ['library.txt']],
    ['/albums/0199', ['albums/0199.html', 'albums/_.html']],
    ['/playlists/0199', ['playlists/0199.html', 'playlists/_.html']],
    ['/albums/0199.txt', ['albums/0199.txt', 'albums/_.txt']],
    ['/albums/0199/__next._tree.txt', ['albums/0199/__next._tree.txt', 'albums/_/__next._tree.txt']],
    ['/_next/static/chunks/a.js', ['_next/static/chunks/a.js']],
  ])('%s is looked for as %j', (path, files) => expect(candidateFiles(path)).toEqual(files));

  it('are kept for good only where their name holds their hash', () => {
    expect(cacheControlOf('_next/static/chunks/a.js')).toContain('immutable');
    expect(cacheControlOf('index.html')).toBe('no-cache');
  });

  it('are closed before set-up but for the set-up page’s own files', () => {
    expect(['setup.html', 'setup.txt', '_next/static/a.css'].every(isOpenBeforeSetup)).toBe(true);
    expect(['index.html', 'albums/_.html', 'csp.json', 'setup.html.bak'].some(isOpenBeforeSetup)).toBe(false);
  });
});
