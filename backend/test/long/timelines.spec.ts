import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LADDER } from '../../src/media/ladder.js';
import { MediaError } from '../../src/media/media-error.js';
import { predictedTimeline } from '../../src/transcode/timeline.js';
import { corpusFiles, hasCorpus } from '../support/corpus.js';
import { ToneFolder } from '../support/tones.js';
import { encodeWhole } from '../support/whole-encode.js';

const AN_HOUR_MS = 3_600_000;

describe('what was computed is what is encoded', () => {
  let tones: ToneFolder;
  beforeAll(async () => {
    tones = await ToneFolder.create();
  });
  afterAll(() => tones.remove());

  (hasCorpus ? it : it.skip)(
    'of every file at hand, by every rung (skipped where there is no ../shared/data/fixtures)',
    async () => {
      const wrong: unknown[] = [];
      const waiting = [...(await corpusFiles())];
      let encoded = 0;
      const work = async (): Promise<void> => {
        for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
          const outcome = await encodeWhole(tones.tools, file, LADDER).catch((error: unknown) => {
            if (error instanceof MediaError && error.code !== 'FFMPEG_FAILED') return { encodes: [] };
            throw error;
          });
          encoded += outcome.encodes.length;
          for (const { rung, predicted, real } of outcome.encodes)
            if (predicted.join() !== real.join()) wrong.push({ file, rung: rung.name, predicted, real });
        }
      };
      await Promise.all([work(), work()]);
      expect(wrong).toEqual([]);
      process.stdout.write(`${encoded} renditions are as computed\n`);
    },
    AN_HOUR_MS,
  );

  it(
    'of ten hours',
    async () => {
      const path = tones.path('hours.flac');
      await tones.run(['-f', 'lavfi', '-i', 'sine=r=8000:d=36000', '-c:a', 'flac', path]);
      const rungs = LADDER.filter(({ codec }) => codec === 'flac');
      const { facts, encodes } = await encodeWhole(tones.tools, path, rungs);
      expect(facts).toMatchObject({ sampleCount: 288_000_000, durationMs: 36_000_000, changesForm: false });
      expect(facts.sound.pcm?.peaks).toHaveLength(360_000);
      for (const { rung, predicted, real } of encodes)
        expect([rung.name, real.join()]).toEqual([rung.name, predicted.join()]);
      expect(encodes.map(({ predicted }) => predicted.length)).toEqual([8789]);
      expect(predictedTimeline('opus', facts).mediaSamples).toHaveLength(9000);
    },
    AN_HOUR_MS,
  );
});
