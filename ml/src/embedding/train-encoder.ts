import { seededRandom, shuffle, type Random } from '../data/random.js';
import { Adam } from '../tensor/adam.js';
import type { TensorBackend } from '../tensor/tensorflow.js';
import { AudioEncoder, sizesOf, standardised, type EncoderNumbers } from './encoder.js';
import { describeExcerpt, excerptLength, type SoundWindow } from './excerpt.js';

export interface EncoderSettings {
  readonly bands: number;
  readonly hidden: number;
  readonly outputs: number;
  /** Tracks that are told apart at one time. */
  readonly batch: number;
  readonly steps: number;
  readonly rate: number;
  readonly tau: number;
}

export const ENCODER_DEFAULTS: EncoderSettings = {
  bands: 64,
  hidden: 64,
  outputs: 32,
  batch: 256,
  steps: 300,
  rate: 0.003,
  tau: 0.1,
};

/** Numbers that hardly differ between tracks would be blown up to noise. */
const LEAST_SPREAD = 1e-3;

/**
 * Learns on the library itself what makes two excerpts of one track more alike than those of two tracks. Tracks of
 * one window tell nothing. Needs nobody's plays. @throws RangeError with fewer than two tracks that can be halved.
 */
export async function trainEncoder(
  tracks: readonly (readonly SoundWindow[])[],
  settings: EncoderSettings,
  seed: number,
  only?: TensorBackend,
): Promise<AudioEncoder> {
  const halved = tracks.filter((windows) => windows.length > 1);
  if (halved.length < 2)
    throw new RangeError(`${halved.length} tracks of two windows or more, at least 2 are needed`);
  const { contrast } = await import('../tensor/contrastive.js');
  const { openTensorFlow } = await import('../tensor/tensorflow.js');
  await openTensorFlow(only);
  const random = seededRandom(seed);
  const { bands, hidden, outputs, rate, tau } = settings;
  const sizes = sizesOf(settings);
  const scale = scaleOf(tracks, bands);
  const layers = {
    first: firstWeights(sizes.inputs, hidden, random),
    second: firstWeights(hidden, outputs, random),
  };
  const movers = { first: new Adam(layers.first, rate), second: new Adam(layers.second, rate) };
  const order = Int32Array.from(halved.keys());
  for (let step = 0; step < settings.steps; step++) {
    const chosen = shuffle(order, random).subarray(0, settings.batch);
    const pairs = Array.from(chosen, (track) => twoExcerpts(halved[track] ?? [], random));
    const side = (which: 0 | 1): Float32Array<ArrayBuffer> => {
      const rows = new Float32Array(pairs.length * sizes.inputs);
      pairs.forEach((pair, row) =>
        rows.set(standardised(describeExcerpt(pair[which], bands), scale), row * sizes.inputs),
      );
      return rows;
    };
    const { gradient } = contrast(side(0), side(1), layers, sizes, tau);
    movers.first.step(gradient.first);
    movers.second.step(gradient.second);
  }
  return new AudioEncoder({ bands, hidden, outputs, ...scale, layers });
}

/** What comes before a moment and what comes after it, each of one window or more. */
function twoExcerpts(
  windows: readonly SoundWindow[],
  random: Random,
): readonly [readonly SoundWindow[], readonly SoundWindow[]] {
  const cut = 1 + random.below(windows.length - 1);
  return [windows.slice(0, cut), windows.slice(cut)];
}

function scaleOf(
  tracks: readonly (readonly SoundWindow[])[],
  bands: number,
): Pick<EncoderNumbers, 'centre' | 'spread'> {
  const length = excerptLength(bands);
  const sums = new Float64Array(length);
  const squares = new Float64Array(length);
  for (const windows of tracks)
    describeExcerpt(windows, bands).forEach((value, at) => {
      sums[at] = (sums[at] ?? 0) + value;
      squares[at] = (squares[at] ?? 0) + value * value;
    });
  const centre = Float32Array.from(sums, (sum) => sum / tracks.length);
  const spread = Float32Array.from(squares, (sum, at) =>
    Math.max(LEAST_SPREAD, Math.sqrt(Math.max(0, sum / tracks.length - (centre[at] ?? 0) ** 2))),
  );
  return { centre, spread };
}

const firstWeights = (inputs: number, outputs: number, random: Random): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: inputs * outputs }, () => random.normal() / Math.sqrt(inputs));
