import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ToneFolder } from '../../test/support/tones.js';
import { encodeWhole, type WholeEncode } from '../../test/support/whole-encode.js';
import { FRAMING } from '../media/ladder.js';
import { sampleRun } from './fragment-runs.js';
import { findBox } from './mp4-boxes.js';
import { forManifest, shownSegments } from './short-track.js';
import { timelineOf } from './timeline.js';

let tones: ToneFolder;
beforeAll(async () => {
  tones = await ToneFolder.create();
});
afterAll(() => tones.remove());

const rateOf = ({ rung }: WholeEncode): number => (rung.codec === 'opus' ? 48_000 : 44_100);
const segmentOf = ({ file }: WholeEncode): Buffer =>
  file.subarray((findBox(file, 'moof')?.contentStart ?? 8) - 8);

describe('the only segment of a track', () => {
  it.each([1, 60, 300, 440])(
    'of %i samples lasts as long to players of manifests as these say',
    async (n) => {
      const path = await tones.wav(`${n}.wav`, { seconds: n / 44_100 });
      for (const encode of (await encodeWhole(tones.tools, path)).encodes) {
        const { codec } = encode.rung;
        const sampleRateHz = rateOf(encode);
        const timeline = timelineOf(codec, sampleRateHz, Math.round((n * sampleRateHz) / 44_100));
        expect(shownSegments(timeline)).toEqual([sampleRateHz / 100]);
        const stored = segmentOf(encode);
        const shown = forManifest(stored, { codec, sampleRateHz });
        expect(sampleRun(shown, 0).totalSamples - FRAMING[codec].primingSamples).toBe(sampleRateHz / 100);
        expect(shown.length).toBe(stored.length);
        expect(shown.reduce((sum, byte, at) => sum + Number(byte !== stored[at]), 0)).toBeLessThanOrEqual(4);
      }
    },
  );

  it('of a hundredth of a second is as it is stored', async () => {
    const path = await tones.wav('long.wav', { seconds: 441 / 44_100 });
    for (const encode of (await encodeWhole(tones.tools, path)).encodes) {
      const stored = segmentOf(encode);
      expect(forManifest(stored, { codec: encode.rung.codec, sampleRateHz: rateOf(encode) })).toBe(stored);
    }
  });
});
