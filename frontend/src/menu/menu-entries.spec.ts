import { describe, expect, it } from '@jest/globals';
import { Heart } from 'lucide-react';
import { trackForSpecs } from '../api/track-for-specs';
import { menuEntries } from './menu-entries';
import type { Subject } from './subject';

const LISTENER = { userId: 'ann', mayDownload: false, canKeep: false };
const artist = (id: string, role: 'performer' | 'composer' = 'performer') =>
  ({ id, name: id, role }) as const;
const track = trackForSpecs('Brume', { artists: [artist('noël'), artist('ravel', 'composer')] });
const ofTrack: Subject = { kind: 'track', track, source: { kind: 'library' } };
const kinds = (subject: Subject, rights = LISTENER) =>
  menuEntries(subject, rights).map((group) => group.map(({ kind }) => kind));

describe('the menu', () => {
  it('of a track begins with hearing it and ends with taking it elsewhere', () => {
    expect(kinds(ofTrack)).toEqual([
      ['play', 'playNext', 'addToQueue'],
      ['addToPlaylist', 'like'],
      ['goToAlbum', 'goToArtist'],
      ['share'],
    ]);
  });

  it('lets only those have files who may', () => {
    expect(kinds(ofTrack).flat()).not.toContain('download');
    expect(kinds(ofTrack, { ...LISTENER, mayDownload: true }).flat()).toContain('download');
  });

  it('offers to keep what can be kept, where the page can', () => {
    const rights = { ...LISTENER, canKeep: true };
    expect(kinds(ofTrack, rights).at(-1)).toEqual(['keep', 'share']);
    const album: Subject = { kind: 'album', album: { id: 'a', title: 'A', artists: [] } };
    expect(kinds(album, rights).flat()).toContain('keep');
    expect(kinds({ kind: 'artist', artist: { id: 'x', name: 'X' } }, rights).flat()).not.toContain('keep');
  });

  it('leads to those who perform, each by name where they are several', () => {
    const duo: Subject = { ...ofTrack, track: { ...track, artists: [artist('a'), artist('b')] } };
    const names = menuEntries(duo, LISTENER)
      .flat()
      .flatMap((entry) => (entry.kind === 'goToArtist' && !entry.alone ? [entry.name] : []));
    expect(names).toEqual(['a', 'b']);
  });

  it('shares a list of one’s own alone', () => {
    const list = (owner: string): Subject => ({
      kind: 'playlist',
      playlist: { id: 'list', title: 'List', kind: 'ordered', owner: { id: owner } },
    });
    expect(kinds(list('ann')).flat()).toContain('share');
    expect(kinds(list('bob')).flat()).not.toContain('share');
  });

  it('has no group without anything in it, and ends with what only its place knows', () => {
    const own = [{ key: 'x', label: 'Take out', icon: Heart, run: () => undefined }];
    const groups = menuEntries({ kind: 'tracks', tracks: [track], source: { kind: 'home' }, own }, LISTENER);
    expect(groups.every((group) => group.length > 0)).toBe(true);
    expect(groups.at(-1)).toMatchObject([{ kind: 'own', entry: { key: 'x' } }]);
  });
});
