import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../data/random.js';
import { ials } from '../models/ials.js';
import { modelOfArtists, readArtistFactors, writeArtistFactors } from './artist-factors.js';
import { readOptions } from './command-options.js';
import { makeArtistFactors, type MakingOptions } from './make-artist-factors.js';

const CIRCLES = 3;
const ARTISTS = 45;
const mbid = (artist: number): string => `00000000-0000-4000-8000-${String(artist).padStart(12, '0')}`;

/** Three circles of listeners, each with its artists and now and then another, as lines of a public dump. */
const dumpLines = (): string[] => {
  const random = seededRandom(4);
  return Array.from({ length: 2_400 }, (_, play) => {
    const user = play % 60;
    const artist =
      random.next() < 0.1
        ? random.below(ARTISTS)
        : random.below(ARTISTS / CIRCLES) * CIRCLES + (user % CIRCLES);
    return JSON.stringify({
      user_id: user,
      timestamp: 1_700_000_000 + play,
      track_metadata: {
        artist_name: 'A',
        track_name: 'T',
        additional_info: { artist_mbids: [mbid(artist)] },
      },
    });
  });
};

describe('a file of artist factors made of public listens', () => {
  let folder: string;
  const options = (): MakingOptions => ({
    folder,
    source: 'a generated dump',
    licence: 'CC0-1.0',
    madeAt: new Date('2026-11-24T00:00:00Z'),
    fewest: { listeners: 3, items: 5 },
    settings: { ...ials.defaults, dimensions: 8, epochs: 6 },
    seed: 1,
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dump-'));
    await mkdir(join(folder, 'listens', '2025'), { recursive: true });
    await writeFile(join(folder, 'listens', '2025', '3.listens'), dumpLines().join('\n'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('tells somebody at home, of whom nobody in it knows, what the others of their circle hear', async () => {
    const path = join(folder, 'factors.parquet');
    await writeArtistFactors(path, await makeArtistFactors(options()));
    const own = [30, 3, 7, 12, 4, 33, 8, 99].map(mbid);
    const model = ials.restore(modelOfArtists(await readArtistFactors(path), own));
    const scores = model.scores({ items: Int32Array.of(0, 1), weights: Float32Array.of(1, 1) });
    const others = [...scores.keys()].slice(2).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    expect(others.slice(0, 2).map((place) => own[place])).toEqual(
      expect.arrayContaining([mbid(12), mbid(33)]),
    );
    expect(scores[7]).toBe(0);
  });

  it('is the same of the same listens, and says what it is made of', async () => {
    const made = await makeArtistFactors(options());
    expect(await makeArtistFactors(options())).toEqual(made);
    expect(made.origin).toMatchObject({ licence: 'CC0-1.0', counts: { listeners: 60, plays: 2_400 } });
    expect(made.artists).toEqual([...made.artists].sort());
  });

  it('is not made of next to nothing', async () => {
    const strict = { ...options(), fewest: { listeners: 1_000, items: 5 } };
    await expect(makeArtistFactors(strict)).rejects.toThrow('too little');
  });
});

describe('the command that makes one', () => {
  const words = ['--listens', 'dump', '--out', 'file', '--source', 'S', '--licence', 'CC0-1.0'];
  it('takes its words', () =>
    expect(readOptions([...words, '--dimensions', '32'])).toEqual({
      listens: 'dump',
      out: 'file',
      source: 'S',
      licence: 'CC0-1.0',
      dimensions: 32,
      fewestListeners: 5,
      fewestArtists: 10,
    }));

  it.each([
    [words.slice(0, 6), '--licence is missing'],
    [[...words, '--dimensions', 'many'], '--dimensions is many'],
    [[...words, '--colour', 'red'], '--colour'],
  ])('says what is wrong with %p', (given, wrong) => expect(() => readOptions(given)).toThrow(wrong));
});
