import type { SoundFacts } from '../../src/media/sound-facts.js';

/** What a decoder that tells everything tells of some sound. */
export const SOUND = {
  pcm: {
    peaks: new Uint8Array([1, 2]),
    leadingSilenceSamples: 441,
    trailingSilenceSamples: 0,
    clippedRuns: 2,
    clippedSamples: 9,
    longestClipSamples: 5,
    cutoffHz: 16_100,
    cutoffDropDb: 30.5,
  },
  loudness: { integratedLufs: -14, truePeakDbtp: -1, momentaryLevels: Buffer.from([0x74, 0xff, 9, 0, 0, 0]) },
  fingerprint: Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]),
  mono: {
    melStatistics: Buffer.from([1, 64, 10, 0]),
    bpm: 120.5,
    bpmAlternative: 60.25,
    bpmConfidence: 0.75,
    keyTonic: 9,
    keyMode: 'minor',
    keyConfidence: 0.5,
    energy: 0.625,
  },
} as const satisfies SoundFacts;
