import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countListens, parseListen } from './listenbrainz-listens.js';
import { PlayCounter } from './play-counts.js';

const mbid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** As ListenBrainz writes a listen into its public dump. */
const line = (user: string | number, told: readonly unknown[], found?: readonly string[]): string =>
  JSON.stringify({
    ...(typeof user === 'number' ? { user_id: user } : { user_name: user }),
    timestamp: 1_700_000_000,
    recording_msid: mbid(999),
    track_metadata: {
      artist_name: 'A & B',
      track_name: 'T',
      additional_info: { artist_mbids: told, recording_mbid: '' },
      ...(found === undefined ? {} : { mbid_mapping: { artist_mbids: found } }),
    },
  });

describe('a listen of ListenBrainz', () => {
  it.each([
    ['is of every artist it is credited to', line('ann', [mbid(1), mbid(2)]), 'ann', [mbid(1), mbid(2)]],
    [
      'is of the artists that ListenBrainz found, before those the player told',
      line('ann', [mbid(1)], [mbid(3)]),
      'ann',
      [mbid(3)],
    ],
    ['may name its listener by number', line(7, [mbid(1).toUpperCase()]), '7', [mbid(1)]],
  ])('%s', (_, text, listener, artists) => expect(parseListen(text)).toEqual({ listener, artists }));

  it.each([
    ['no artist', line('ann', [])],
    ['an id that is none', line('ann', ['', 'not an id', 7])],
    ['no listener', JSON.stringify({ track_metadata: { additional_info: { artist_mbids: [mbid(1)] } } })],
    ['half a line', line('ann', [mbid(1)]).slice(0, 60)],
    ['a list', '[1]'],
    ['null', 'null'],
  ])('with %s tells nothing', (_, text) => expect(parseListen(text)).toBeNull());
});

describe('an unpacked dump', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'listens-'));
    for (const [year, month, lines] of [
      ['2024', '12', [line('ann', [mbid(1)]), line('bob', [mbid(2)])]],
      ['2025', '1', [line('ann', [mbid(1)]), line('ann', []), line('ann', [mbid(2)])]],
    ] as const) {
      await mkdir(join(folder, 'listens', year), { recursive: true });
      await writeFile(join(folder, 'listens', year, `${month}.listens`), `${lines.join('\n')}\n`);
    }
    await writeFile(join(folder, 'COPYING'), 'CC0');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is counted over all its months', async () => {
    const counter = new PlayCounter();
    expect(await countListens(folder, counter)).toEqual({ unnamed: 1 });
    expect(counter.playCount).toBe(4);
    expect(counter.interactions({ items: 1, listeners: 1 }).items).toEqual([mbid(1), mbid(2)]);
  });
});
