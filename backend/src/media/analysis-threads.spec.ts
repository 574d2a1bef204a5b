import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drums, ROCK } from '../../test/support/synthetic-music.js';
import { ToneFolder } from '../../test/support/tones.js';
import { AnalysisThreads } from './analysis-threads.js';
import { measure } from './facts.js';
import { analyseHere, type Analysis, type Analyst } from './sound-analysis.js';

const HOOKS = join(import.meta.dirname, '../../test/support/typescript-hooks.mjs');
const SOURCE = { sampleRateHz: 22_050, channels: 2 };

let threads: AnalysisThreads;
beforeAll(() => {
  threads = new AnalysisThreads({
    file: join(import.meta.dirname, 'analysis-thread.ts'),
    execArgv: ['--experimental-transform-types', '--no-warnings', '--import', HOOKS],
  });
});
afterAll(() => threads.close());

const bytes = Buffer.from(drums(ROCK, 120, 6).buffer);

const toldBy = async (analyst: Analyst, sizeBytes = 30_001): Promise<Analysis> => {
  for (let at = 0; at < bytes.length; at += sizeBytes) {
    await analyst.add('pcm', bytes.subarray(at, at + sizeBytes));
    await analyst.add('mono', bytes.subarray(at, at + sizeBytes));
  }
  const analysis = await analyst.finish();
  analyst.close();
  return analysis;
};

describe('an analysis on a thread of its own', () => {
  it('tells what one in this thread tells, of several tracks at once and one after another', async () => {
    const here = await toldBy(analyseHere(SOURCE));
    const there = await Promise.all([toldBy(threads.open(SOURCE)), toldBy(threads.open(SOURCE), 5000)]);
    expect([...there, await toldBy(threads.open(SOURCE), 400_000)]).toEqual([here, here, here]);
  });

  it('that was given up leaves nothing to the next', async () => {
    const given = threads.open(SOURCE);
    await given.add('pcm', bytes);
    given.close();
    expect(await toldBy(threads.open(SOURCE))).toEqual(await toldBy(analyseHere(SOURCE)));
  });

  it('that cannot begin fails its track, and not the process', async () => {
    const broken = new AnalysisThreads({
      file: join(import.meta.dirname, 'there-is-no-such.ts'),
      execArgv: [],
    });
    await expect(toldBy(broken.open(SOURCE))).rejects.toMatchObject({ code: 'READER_DIED' });
    broken.close();
  });

  it('measures a file as this thread does, and is free again after one that is none', async () => {
    const tones = await ToneFolder.create();
    try {
      await tones.wav('a.wav', { seconds: 3, noise: 0.2 });
      await tones.write('b.mp3', Buffer.from('words, and no music at all. '.repeat(300)));
      const inThread = { openAnalyst: threads.open };
      const wrong = measure(tones.tools, tones.path('b.mp3'), inThread);
      await expect(wrong).rejects.toMatchObject({ code: 'NOT_AUDIO' });
      expect(await measure(tones.tools, tones.path('a.wav'), inThread)).toEqual(
        await measure(tones.tools, tones.path('a.wav')),
      );
    } finally {
      await tones.remove();
    }
  });
});
