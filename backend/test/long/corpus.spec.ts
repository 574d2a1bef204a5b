import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { findFfmpeg } from '../../src/media/find-ffmpeg.js';
import { TagReaderPool } from '../../src/media/tag-reader-pool.js';
import { corpusFiles, faultsOf, hasCorpus, judgeAll } from '../support/corpus.js';

const SOURCES = join(import.meta.dirname, '../../src/media');
const pool = new TagReaderPool({
  children: 2,
  child: {
    file: join(SOURCES, 'tag-reader-child.ts'),
    execArgv: [
      ...['--experimental-transform-types', '--import'],
      join(import.meta.dirname, '../support/typescript-hooks.mjs'),
    ],
  },
});
afterAll(() => pool.close());

const HALF_AN_HOUR_MS = 1_800_000;

describe('each ugly file at hand (skipped where there is no ../shared/data/fixtures)', () => {
  (hasCorpus ? it : it.skip).each([
    ["the machine's ffmpeg", undefined],
    ['the ffmpeg of the npm package', ''],
  ])(
    'ends ready or rejected with a reason, within 30 s, with %s',
    async (_, searchPath) => {
      const tools = await findFfmpeg(searchPath === undefined ? {} : { searchPath });
      const verdicts = await judgeAll(tools, pool, await corpusFiles());
      expect(verdicts.flatMap(faultsOf)).toEqual([]);
      const ready = verdicts.filter(({ state }) => state === 'ready').length;
      expect(ready).toBeGreaterThan(verdicts.length / 2);
      process.stdout.write(`${verdicts.length} files: ${ready} ready, ${verdicts.length - ready} rejected\n`);
    },
    HALF_AN_HOUR_MS,
  );
});
