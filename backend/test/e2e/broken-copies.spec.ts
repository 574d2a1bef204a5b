import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { measure } from '../../src/media/facts.js';
import { MediaError } from '../../src/media/media-error.js';
import { brokenCopies, CUTS, FLIPS, writeGoodFiles, type GoodFile } from '../support/broken-copies.js';
import { ToneFolder } from '../support/tones.js';

/** How a file may be refused: the fault is its own, and a sentence says which. */
const REASONS = ['NOT_AUDIO', 'NO_SAMPLES', 'TRUNCATED', 'UNDECODABLE', 'EMPTY_FILE'];

describe('a good file that is cut or has a bit turned over', () => {
  let tones: ToneFolder;
  let tools: FfmpegTools;
  let good: readonly GoodFile[];
  beforeAll(async () => {
    tones = await ToneFolder.create();
    tools = await findFfmpeg();
    good = await writeGoodFiles(tones, (path) => readFile(path));
  });
  afterAll(() => tones.remove());

  const verdictOf = async (name: string, bytes: Buffer): Promise<string> => {
    const path = await tones.write(name, bytes);
    try {
      const { sampleCount } = await measure(tools, path);
      return sampleCount > 0 ? 'ready' : `${name}: ready without sound`;
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      const hasReason = REASONS.includes(error.code) && /^[A-Z].*\.$/.test(error.message);
      return hasReason ? error.code : `${name}: ${error.code} ${error.message}`;
    }
  };

  it('is ready, or rejected with a reason: 40 files, 10 cuts and 25 bits of each', async () => {
    expect(good).toHaveLength(40);
    const copies = good.flatMap((file, at) =>
      [...brokenCopies(file, at + 1)].map((bytes, copy) => ({ name: `broken-${copy}-${file.name}`, bytes })),
    );
    expect(copies).toHaveLength(40 * (CUTS + FLIPS));
    const verdicts: string[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let each = copies[next++]; each !== undefined; each = copies[next++])
        verdicts.push(await verdictOf(each.name, each.bytes));
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    const known = new Set(['ready', ...REASONS]);
    expect(verdicts.filter((verdict) => !known.has(verdict))).toEqual([]);
    const ready = verdicts.filter((verdict) => verdict === 'ready').length;
    // Most bits are of the sound itself, most cuts show.
    expect(ready).toBeGreaterThan(copies.length / 3);
    expect(ready).toBeLessThan((copies.length * 9) / 10);
    console.log(`${copies.length} copies: ${ready} ready`);
  }, 900_000);

  it('and each of the forty is ready as it was', async () => {
    for (const { name, bytes } of good) expect([name, await verdictOf(name, bytes)]).toEqual([name, 'ready']);
  });
});
