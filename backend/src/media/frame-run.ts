import { FRAMING, renditionRate, type Codec } from './ladder.js';
import { type Cut, NO_CUT } from './source-range.js';

/** Whole frames of a rendition, which an encoder of their own makes. */
export interface FrameRun {
  readonly firstFrame: number;
  /** Null: up to the end. */
  readonly frameCount: number | null;
}

/** So many frames an encoder needs until it hears what it would have heard in one run. */
const LEAD_FRAMES: Readonly<Record<Codec, number>> = { aac: 16, opus: 25, flac: 0 };
/** A lapped transform reads into the next frame. */
const TAIL_FRAMES: Readonly<Record<Codec, number>> = { aac: 1, opus: 1, flac: 0 };
/** The resampler's filter is shorter than that. */
const RESAMPLER_SAMPLES = 4096;

/**
 * Pure: what of a source an encoder must be given so that it makes these frames. Frame n of a rendition reaches back by
 * the priming from sample n x frameSamples; so does that of an encoder that begins there, whose priming is as long.
 */
export function cutOf(codec: Codec, sourceRateHz: number, { firstFrame, frameCount }: FrameRun): Cut {
  if (firstFrame === 0 && frameCount === null) return NO_CUT;
  const leadFrames = leadOf(codec, firstFrame);
  const { frameSamples } = FRAMING[codec];
  const from = (firstFrame - leadFrames) * frameSamples;
  const to = frameCount === null ? null : (firstFrame + frameCount + TAIL_FRAMES[codec]) * frameSamples;
  return { ...beforeResampler(sourceRateHz, renditionRate(codec, sourceRateHz), from, to), leadFrames };
}

const leadOf = (codec: Codec, firstFrame: number): number => (firstFrame === 0 ? 0 : LEAD_FRAMES[codec]);

/** How many fragments an encoder of these frames writes before them. */
export const leadFragments = (codec: Codec, { firstFrame }: FrameRun): number =>
  leadOf(codec, firstFrame) > 0 ? 1 : 0;

/**
 * A resampler's samples lie where they would in one run only if it begins at a sample that has one of its own: for
 * 44.1 to 48 kHz each 147th, which becomes each 160th.
 */
function beforeResampler(
  sourceHz: number,
  targetHz: number,
  from: number,
  to: number | null,
): Omit<Cut, 'leadFrames'> {
  if (sourceHz === targetHz)
    return { range: { fromSample: from, toSample: to }, skippedSamples: 0, keptSamples: null };
  const divisor = greatestCommonDivisor(sourceHz, targetHz);
  const [sourceStep, targetStep] = [sourceHz / divisor, targetHz / divisor];
  const atSource = (sample: number): number => (sample * sourceStep) / targetStep;
  const steps = Math.max(0, Math.floor((atSource(from) - RESAMPLER_SAMPLES) / sourceStep));
  return {
    range: {
      fromSample: steps * sourceStep,
      toSample: to === null ? null : Math.ceil(atSource(to)) + RESAMPLER_SAMPLES,
    },
    skippedSamples: from - steps * targetStep,
    keptSamples: to === null ? null : to - from,
  };
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
