import { floatsOf, numberOf } from '../models/model-state.js';
import type { ModelState } from '../models/model.js';
import type { Layers, LayerSizes } from '../tensor/contrastive.js';
import { unitRows } from '../tensor/unit-rows.js';
import { describeExcerpt, excerptLength, type SoundWindow } from './excerpt.js';

export interface EncoderNumbers {
  readonly bands: number;
  readonly hidden: number;
  readonly outputs: number;
  /** What excerpts of the library are on average and how far apart they are, number by number. */
  readonly centre: Float32Array;
  readonly spread: Float32Array;
  readonly layers: Layers;
}

export const AUDIO_ENCODER = 'audio-encoder';

/** One more than an excerpt has numbers: a 1 at the end stands for the bias. */
export const sizesOf = ({
  bands,
  hidden,
  outputs,
}: Pick<EncoderNumbers, 'bands' | 'hidden' | 'outputs'>): LayerSizes => ({
  inputs: excerptLength(bands) + 1,
  hidden,
  outputs,
});

/** What a track sounds like as a row of length 1; the nearer two rows, the more alike two tracks sound. */
export class AudioEncoder {
  constructor(private readonly numbers: EncoderNumbers) {}

  get width(): number {
    return this.numbers.outputs;
  }

  encode(windows: readonly SoundWindow[]): Float32Array {
    const { layers, hidden, outputs } = this.numbers;
    const input = standardised(describeExcerpt(windows, this.numbers.bands), this.numbers);
    const middle = product(input, layers.first, hidden).map(Math.tanh);
    return unitRows(product(middle, layers.second, outputs), outputs).rows;
  }

  get state(): ModelState {
    const { bands, hidden, outputs, centre, spread, layers } = this.numbers;
    return {
      kind: AUDIO_ENCODER,
      itemCount: 0,
      numbers: { bands, hidden, outputs },
      arrays: { centre, spread, first: layers.first, second: layers.second },
    };
  }
}

/** @throws RangeError when the state is not whole. */
export function restoreEncoder(state: ModelState): AudioEncoder {
  const counts = {
    bands: numberOf(state, 'bands'),
    hidden: numberOf(state, 'hidden'),
    outputs: numberOf(state, 'outputs'),
  };
  const { inputs, hidden, outputs } = sizesOf(counts);
  return new AudioEncoder({
    ...counts,
    centre: floatsOf(state, 'centre', inputs - 1),
    spread: floatsOf(state, 'spread', inputs - 1),
    layers: {
      first: Float32Array.from(floatsOf(state, 'first', inputs * hidden)),
      second: Float32Array.from(floatsOf(state, 'second', hidden * outputs)),
    },
  });
}

/** Pure: an excerpt as the network takes it. */
export function standardised(
  excerpt: Float64Array,
  { centre, spread }: Pick<EncoderNumbers, 'centre' | 'spread'>,
): Float32Array<ArrayBuffer> {
  const input = new Float32Array(excerpt.length + 1).fill(1);
  excerpt.forEach((value, at) => {
    input[at] = (value - (centre[at] ?? 0)) / (spread[at] ?? 1);
  });
  return input;
}

function product(row: Float32Array, matrix: Float32Array, columns: number): Float32Array<ArrayBuffer> {
  const sums = new Float32Array(columns);
  row.forEach((value, at) => {
    for (let column = 0; column < columns; column++)
      sums[column] = (sums[column] ?? 0) + value * (matrix[at * columns + column] ?? 0);
  });
  return sums;
}
