import { Clipping } from './clipping.js';
import { BandLevels } from './cutoff.js';
import { Edges } from './edges.js';
import { MonoAnalysis, type MonoFacts } from './mono-analysis.js';
import { PcmFrames } from './pcm-frames.js';
import type { PcmFacts } from './sound-facts.js';
import { Waveform } from './waveform.js';

export interface AnalysedSource {
  readonly sampleRateHz: number;
  readonly channels: number;
}

/** `pcm`: the source's channels and rate; `mono`: one channel at MONO_RATE_HZ. Both 16 bit. */
export type PcmStream = 'pcm' | 'mono';

export interface Analysis {
  readonly sampleCount: number;
  readonly pcm: PcmFacts;
  readonly mono: MonoFacts;
}

/** Takes the decoder's streams and tells at the end what they held. Whoever opens one closes it, also after a failure. */
export interface Analyst {
  add(stream: PcmStream, chunk: Buffer): void | Promise<void>;
  finish(): Promise<Analysis>;
  close(): void;
}

/** Everything that is told of samples; memory grows by ten bytes a second of sound (the peaks), and by nothing else. */
export class SoundAnalysis {
  private readonly waveform: Waveform;
  private readonly edges: Edges;
  private readonly clipping: Clipping;
  private readonly bands: BandLevels;
  private readonly mono = new MonoAnalysis();
  private readonly streams: Readonly<Record<PcmStream, PcmFrames>>;

  constructor({ sampleRateHz, channels }: AnalysedSource) {
    this.waveform = new Waveform(sampleRateHz, channels);
    this.edges = new Edges(channels);
    this.clipping = new Clipping(channels);
    this.bands = new BandLevels(sampleRateHz, channels);
    this.streams = {
      pcm: new PcmFrames(channels, (samples) => {
        for (const part of [this.waveform, this.edges, this.clipping, this.bands]) part.add(samples);
      }),
      mono: new PcmFrames(1, (samples) => this.mono.add(samples)),
    };
  }

  add(stream: PcmStream, chunk: Buffer): void {
    this.streams[stream].add(chunk);
  }

  finish(): Analysis {
    return {
      sampleCount: this.waveform.sampleCount,
      pcm: {
        peaks: this.waveform.peaks(),
        ...this.edges.finish(),
        ...this.clipping.finish(),
        ...this.bands.finish(),
      },
      mono: this.mono.finish(),
    };
  }
}

/** In this very thread: what a test or a small tool needs. */
export const analyseHere = (source: AnalysedSource): Analyst => {
  const analysis = new SoundAnalysis(source);
  return {
    add: (stream, chunk) => analysis.add(stream, chunk),
    finish: () => Promise.resolve(analysis.finish()),
    close: () => undefined,
  };
};
