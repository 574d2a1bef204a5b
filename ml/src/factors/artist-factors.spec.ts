import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import {
  factorsOfModel,
  modelOfArtists,
  readArtistFactors,
  writeArtistFactors,
  type ArtistFactors,
} from './artist-factors.js';

const FACTORS: ArtistFactors = {
  origin: {
    source: 'ListenBrainz listens of 2026-11-01',
    licence: 'CC0-1.0',
    madeAt: '2026-11-24T00:00:00.000Z',
    counts: { listeners: 5, plays: 70 },
    ridge: { alpha: 0.05, lambda: 0.02, nu: 1 },
  },
  artists: ['a', 'b', 'c'],
  dimensions: 2,
  factors: Float32Array.of(1, 2, 3, 4, 5, 6),
};

describe('artist factors', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'factors-'));
    path = join(folder, 'artists.parquet');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('come back from their file as they were, with source and licence', async () => {
    await writeArtistFactors(path, FACTORS);
    await writeArtistFactors(path, FACTORS);
    expect(await readArtistFactors(path)).toEqual(FACTORS);
    expect(await readdir(folder)).toEqual(['artists.parquet']);
  });

  it('become a model of the artists of a house, in its order, with zeros for whom the file does not know', () => {
    const model = modelOfArtists(FACTORS, ['c', null, 'x', 'a']);
    expect(model).toEqual({
      kind: 'ials',
      itemCount: 4,
      numbers: { dimensions: 2, alpha: 0.05, lambda: 0.02, nu: 1 },
      arrays: { itemFactors: Float32Array.of(5, 6, 0, 0, 0, 0, 1, 2) },
    });
  });

  it('are given away by a model that learnt them', () => {
    const model = modelOfArtists(FACTORS, FACTORS.artists);
    expect(factorsOfModel(model, FACTORS.artists, FACTORS.origin)).toEqual(FACTORS);
    expect(() => factorsOfModel({ ...model, arrays: {} }, [], FACTORS.origin)).toThrow('no factors');
  });

  it.each([
    ['no licence', { origin: { ...FACTORS.origin, licence: ' ' } }, 'under which licence'],
    ['a number that is none', { factors: Float32Array.of(1, 2, 3, NaN, 5, 6) }, 'factors of b'],
    ['a row too few', { factors: new Float32Array(4) }, '4 numbers for 3 artists'],
    ['an artist twice', { artists: ['a', 'b', 'a'] }, 'two rows'],
  ])('are not written with %s', async (_, wrong, words) => {
    await expect(writeArtistFactors(path, { ...FACTORS, ...wrong })).rejects.toThrow(words);
    expect(await readdir(folder)).toEqual([]);
  });

  const parquetWith = (value: unknown): Uint8Array =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: 'artist_mbid', data: ['a'], type: 'STRING' }],
        kvMetadata: [{ key: 'kanade.artist-factors', value: JSON.stringify(value) }],
      }),
    );

  it.each([
    ['no Parquet file', Buffer.from('factors'), 'is no Parquet file'],
    [
      'a table of other things',
      new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'x', data: [1] }] })),
      'holds no artist factors',
    ],
    [
      'a file of a later format',
      parquetWith({ ...FACTORS.origin, dimensions: 2, formatVersion: 2 }),
      'is of format 2',
    ],
    ['a file that says nothing of itself', parquetWith({ formatVersion: 1 }), 'does not say where'],
    [
      'a file without its columns',
      parquetWith({ ...FACTORS.origin, dimensions: 2, formatVersion: 1 }),
      'are no numbers',
    ],
  ])('are not read from %s', async (_, bytes, words) => {
    await writeFile(path, bytes);
    await expect(readArtistFactors(path)).rejects.toThrow(words);
  });
});
