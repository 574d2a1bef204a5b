import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { seededRandom } from '../data/random.js';
import { readInteractions, writeInteractions, type ExportedInteractions } from './interaction-files.js';

const random = seededRandom(2);
const exported = (plays: number, userCount = 50, itemCount = 700): ExportedInteractions => ({
  interactions: {
    userCount,
    itemCount,
    users: Int32Array.from({ length: plays }, () => random.below(userCount)),
    items: Int32Array.from({ length: plays }, () => random.below(itemCount)),
    weights: Float32Array.from({ length: plays }, () => random.normal()),
    ages: Float32Array.from({ length: plays }, () => random.below(100)),
  },
  ids: {
    users: Array.from({ length: userCount }, (_, row) => `listener ${row}`),
    items: Array.from({ length: itemCount }, (_, row) => `曲 ${row}`),
  },
});

describe('interactions as Parquet', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'interactions-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it.each([0, 1, 25_000])('come back as they were: %i of them', async (plays) => {
    const whole = exported(plays);
    const { ages, ...withoutAges } = whole.interactions;
    const given = plays === 0 ? { ...whole, interactions: withoutAges } : whole;
    await writeInteractions(root, 'today', given);
    expect(await readInteractions(join(root, 'today'))).toEqual(given);
    expect(ages).toBeDefined();
    expect(await readdir(root)).toEqual(['today']);
  });

  it('come back without listeners or items', async () => {
    const { ages, ...none } = exported(0, 0, 0).interactions;
    await writeInteractions(root, 'none', { interactions: none, ids: { users: [], items: [] } });
    expect((await readInteractions(join(root, 'none'))).interactions).toEqual(none);
    expect(ages).toHaveLength(0);
  });

  it('are not written with fewer ids than rows', async () => {
    const { interactions, ids } = exported(5);
    const short = { interactions, ids: { ...ids, users: ids.users.slice(1) } };
    await expect(writeInteractions(root, 'short', short)).rejects.toThrow('49 and 700 ids for 50 listeners');
    expect(await readdir(root)).toEqual([]);
  });

  it('are refused when a row names nobody', async () => {
    const given = exported(5, 10, 10);
    await writeInteractions(root, 'more', exported(200, 50, 10));
    await writeInteractions(root, 'few', given);
    const users = parquetWriteBuffer({
      columnData: [
        { name: 'row', data: [0], type: 'INT32' },
        { name: 'id', data: ['one'], type: 'STRING' },
      ],
    });
    await writeFile(join(root, 'more', 'users.parquet'), new Uint8Array(users));
    await expect(readInteractions(join(root, 'more'))).rejects.toThrow('is of format undefined, not 1');
  });
});
