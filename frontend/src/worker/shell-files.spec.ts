import { describe, expect, it } from '@jest/globals';
import { shellFileOf } from './shell-files';

describe('the shell without a network', () => {
  it.each([
    ['/albums/0199', '/albums/_.html'],
    ['/playlists/0199', '/playlists/_.html'],
    ['/albums/0199.txt', '/albums/_.txt'],
    ['/artists/0199/__next._tree.txt', '/artists/_/__next._tree.txt'],
    ['/albums/0199/__next.!KHBs.albums.$d$id.txt', '/albums/_/__next.!KHBs.albums.$d$id.txt'],
  ])('%s is drawn by %s', (address, file) => expect(shellFileOf(address)).toBe(file));

  it.each(['/', '/library', '/downloads', '/api/albums/0199', '/albums', '/albums/0199/deeper'])(
    '%s is nobody’s placeholder',
    (address) => expect(shellFileOf(address)).toBeNull(),
  );
});
