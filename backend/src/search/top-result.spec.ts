import { describe, expect, it } from '@jest/globals';
import type { PlaylistSummary } from '../playlists/playlists.dto.js';
import { topResult } from './top-result.js';

const named = (title: string): PlaylistSummary => ({
  id: title,
  title,
  description: '',
  visibility: 'shared',
  owner: { id: 'ann', username: 'ann' },
  canEdit: false,
  revision: 1,
  kind: 'ordered',
  entryCount: 3,
  artwork: null,
  covers: [],
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
});
const artist = {
  id: 'rain',
  name: 'Rain Parade',
  sortName: 'Rain Parade',
  albumCount: 1,
  trackCount: 1,
  artwork: null,
};
const nothing = { artists: [], albums: [], tracks: [], playlists: [] };

describe('the best match', () => {
  it('is a playlist where its name alone is what was typed', () => {
    const hits = { ...nothing, artists: [artist], playlists: [named('Rain')] };
    expect(topResult('rain', hits)).toMatchObject({ type: 'playlist', item: { title: 'Rain' } });
  });

  it('is the artist where both begin so', () => {
    const hits = { ...nothing, artists: [artist], playlists: [named('Rainy days')] };
    expect(topResult('rai', hits)).toMatchObject({ type: 'artist' });
  });

  it('is a playlist where nothing else was found, and nothing where nothing was', () => {
    expect(topResult('drive', { ...nothing, playlists: [named('Long drive')] })?.type).toBe('playlist');
    expect(topResult('drive', nothing)).toBeNull();
  });
});
