import { describe, expect, it } from '@jest/globals';
import type { FoundSource } from '../transcode/source.repository.js';
import { keptTracks } from './kept-tracks.js';

const NOW = Date.UTC(2026, 0, 1);
const found = new Map<string, FoundSource>([
  ['away', { libraryId: 'attic', state: 'missing' }],
  ['new', { libraryId: 'attic', state: 'pending', fileId: 'file' }],
  ['broken', { libraryId: 'attic', state: 'rejected', reason: 'no sound' }],
  ['private', { libraryId: 'cellar', state: 'missing' }],
]);

describe('what a device may keep', () => {
  it('is what its listener sees, also while the file is away or looked at; not what is gone or unreadable', () => {
    const { kept, refused } = keptTracks(['away', 'new', 'broken', 'private', 'gone'], found, ['attic'], NOW);
    expect(kept.map(({ trackId }) => trackId)).toEqual(['away', 'new']);
    expect(refused).toEqual(['broken', 'private', 'gone']);
  });

  it('is told once, and good for thirty days', () => {
    const { kept, keepUntil } = keptTracks(['away', 'away'], found, null, NOW);
    expect(kept).toHaveLength(1);
    expect(keepUntil).toBe('2026-01-31T00:00:00.000Z');
  });
});
