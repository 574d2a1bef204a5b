import { describe, expect, it } from '@jest/globals';
import { matchArtists, refKey, type KnownArtist } from './artist-matching.js';
import { artistRef, type ArtistRef } from './credits.js';

const ID_A = '0f1e2d3c-0000-4000-8000-00000000000a';
const ID_B = '0f1e2d3c-0000-4000-8000-00000000000b';

const ref = (name: string, mbid: string | null = null, sortTag: string | null = null): ArtistRef => {
  const artist = artistRef(name, sortTag, mbid);
  if (artist === null) throw new Error('a test names its artists');
  return artist;
};
const row = (id: string, musicBrainzId: string | null, hasSortName = false): KnownArtist => ({
  id,
  nameKey: 'ann',
  musicBrainzId,
  hasSortName,
});

const match = (wanted: readonly ArtistRef[], known: readonly KnownArtist[]) => {
  let made = 0;
  const matches = matchArtists(wanted, known, () => `new-${++made}`);
  return {
    ids: wanted.map((artist) => matches.ids.get(refKey(artist))),
    create: matches.create.map(({ artist }) => artist.name),
    improve: matches.improve.map(({ id }) => id),
  };
};

describe('matchArtists', () => {
  it('makes an unknown artist once, however it is spelt', () => {
    expect(match([ref('Ann'), ref('ANN')], [])).toEqual({
      ids: ['new-1', 'new-1'],
      create: ['ANN'],
      improve: [],
    });
  });

  it('finds a bare name under the id it is known by', () => {
    expect(match([ref('Ann')], [row('1', ID_A)])).toEqual({ ids: ['1'], create: [], improve: [] });
  });

  it('gives the id to the one who was known by name alone', () => {
    expect(match([ref('Ann', ID_A)], [row('1', null)])).toEqual({ ids: ['1'], create: [], improve: ['1'] });
  });

  it('tells two of one name apart by their ids, also within a batch', () => {
    expect(match([ref('Ann', ID_A), ref('Ann', ID_B)], [row('1', ID_A)])).toEqual({
      ids: ['1', 'new-1'],
      create: ['Ann'],
      improve: [],
    });
    expect(match([ref('Ann', ID_A), ref('Ann', ID_B)], [row('1', null)])).toEqual({
      ids: ['1', 'new-1'],
      create: ['Ann'],
      improve: ['1'],
    });
  });

  it('lets a bare name in the same batch be the one with the id', () => {
    expect(match([ref('Ann'), ref('Ann', ID_A)], [])).toEqual({
      ids: ['new-1', 'new-1'],
      create: ['Ann'],
      improve: [],
    });
  });

  it('learns a sort name once', () => {
    expect(match([ref('Ann', null, 'Ann, The')], [row('1', null)]).improve).toEqual(['1']);
    expect(match([ref('Ann', null, 'Ann, The')], [row('1', null, true)]).improve).toEqual([]);
  });

  it('makes artists in the order of their keys, so two writers take turns', () => {
    expect(match([ref('Cy'), ref('Ann', ID_B), ref('Bob')], []).create).toEqual(['Ann', 'Bob', 'Cy']);
  });
});
