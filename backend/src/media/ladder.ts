import { stereoPan } from './downmix.js';
import { countedTrim, NO_CUT, type Cut } from './source-range.js';

export type Codec = 'aac' | 'opus' | 'flac';

/**
 * AAC always by the careful coder: the fast one needs a third of the time at 320 kbps, but its error above 4 kHz is
 * 7 to 15 dB larger.
 */
export const LADDER = [
  { name: 'aac-96', codec: 'aac', bitrateKbps: 96, encoder: ['-c:a', 'aac', '-b:a', '96k'] },
  { name: 'aac-160', codec: 'aac', bitrateKbps: 160, encoder: ['-c:a', 'aac', '-b:a', '160k'] },
  { name: 'aac-320', codec: 'aac', bitrateKbps: 320, encoder: ['-c:a', 'aac', '-b:a', '320k'] },
  { name: 'opus-96', codec: 'opus', bitrateKbps: 96, encoder: ['-c:a', 'libopus', '-b:a', '96k'] },
  { name: 'opus-160', codec: 'opus', bitrateKbps: 160, encoder: ['-c:a', 'libopus', '-b:a', '160k'] },
  { name: 'opus-320', codec: 'opus', bitrateKbps: 320, encoder: ['-c:a', 'libopus', '-b:a', '320k'] },
  { name: 'flac-0', codec: 'flac', bitrateKbps: 0, encoder: ['-c:a', 'flac', '-frame_size', '4096'] },
] as const satisfies readonly {
  name: string;
  codec: Codec;
  /** 0: as many as it takes. */
  bitrateKbps: number;
  encoder: readonly string[];
}[];

export type Rung = (typeof LADDER)[number];

/** Samples a frame, and samples of silence that the encoder puts first (the edit list skips them). */
export const FRAMING: Readonly<
  Record<Codec, { readonly frameSamples: number; readonly primingSamples: number }>
> = {
  aac: { frameSamples: 1024, primingSamples: 1024 },
  opus: { frameSamples: 960, primingSamples: 312 },
  flac: { frameSamples: 4096, primingSamples: 0 },
};

export const FRAGMENT_SECONDS = 4;

/** What of a rendition an encoder makes: the filters that bring it its samples, and how the cut goes on behind them. */
export interface EncodedPart {
  /** First of all (see rangeAccess). */
  readonly access: readonly string[];
  readonly cut: Cut;
}

const WHOLE: EncodedPart = { access: [], cut: NO_CUT };

/** What of a source decides the arguments of a rung. */
export interface RungSource {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Bits of a sample that mean something; null for a lossy source. */
  readonly bitDepth: number | null;
  /** ffmpeg's name of the layout; only looked at above two channels. */
  readonly channelLayout: string | null;
}

const MAX_FLAC_RATE_HZ = 192_000;
const isFamilyOf44100 = (rateHz: number): boolean => rateHz % 11_025 === 0;

/**
 * The rate a rendition has: Opus 48 kHz; AAC 44.1 kHz for the family of 44.1 (11.025, 22.05, 88.2 …), else 48; FLAC
 * the source's own up to 192 kHz, and above (DSD) 176.4 or 192 by the same families.
 */
export function renditionRate(codec: Codec, sourceRateHz: number): number {
  switch (codec) {
    case 'opus':
      return 48_000;
    case 'aac':
      return isFamilyOf44100(sourceRateHz) ? 44_100 : 48_000;
    case 'flac':
      if (sourceRateHz <= MAX_FLAC_RATE_HZ) return sourceRateHz;
      return isFamilyOf44100(sourceRateHz) ? 176_400 : MAX_FLAC_RATE_HZ;
  }
}

/** What soxr makes of n samples; ffmpeg's own resampler would round up instead. */
export const resampledCount = (samples: number, fromHz: number, toHz: number): number =>
  fromHz === toHz ? samples : Math.round((samples * toHz) / fromHz);

/**
 * Pure: every argument of one output but its target. Alone or beside six others, a rung gets the same ones: its
 * bytes never depend on who asked for what.
 */
export const rungArgs = (rung: Rung, source: RungSource, part: EncodedPart = WHOLE): string[] => [
  ...['-map', '0:a:0', '-af', filterChain(rung.codec, source, part)],
  ...encoderArgs(rung, source),
];

/** Rungs of one ffmpeg, filtered once where their filters are the same. */
export interface SharedFilters {
  readonly filterComplex: string;
  /** One a rung, in their order. */
  readonly outputs: readonly (readonly string[])[];
}

/** Pure: the frames that an encoder gets are the same ones as from filters of its own, and so are its bytes. */
export function sharedFilters(
  rungs: readonly Rung[],
  source: RungSource,
  part: EncodedPart = WHOLE,
): SharedFilters {
  const chainOf = (rung: Rung): string => filterChain(rung.codec, source, part);
  const chains = [...new Set(rungs.map(chainOf))];
  const graphs = chains.map((chain) => {
    const labels = rungs.flatMap((rung) => (chainOf(rung) === chain ? `[${rung.name}]` : []));
    const split = labels.length > 1 ? `,asplit=${labels.length}` : '';
    return `[0:a:0]${chain}${split}${labels.join('')}`;
  });
  return {
    filterComplex: graphs.join(';'),
    outputs: rungs.map((rung) => ['-map', `[${rung.name}]`, ...encoderArgs(rung, source)]),
  };
}

function encoderArgs(rung: Rung, source: RungSource): string[] {
  return [
    ...rung.encoder,
    ...(rung.codec === 'flac' && isDeep(source) ? ['-bits_per_raw_sample', '24'] : []),
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
    ...['-f', 'mp4', '-movflags', '+delay_moov+default_base_moof+skip_trailer'],
    // flush_packets: a fragment leaves ffmpeg as soon as it is whole; strict -2: FLAC and Opus in MP4.
    ...['-frag_duration', `${FRAGMENT_SECONDS}000000`, '-flush_packets', '1', '-strict', '-2'],
  ];
}

/** More than 16 bits to keep: 24-bit integers, or a conversion to them (floats, 32-bit integers, DSD). */
const isDeep = (source: RungSource): boolean => source.bitDepth !== null && source.bitDepth > 16;

/**
 * Pure. Floats before the resampler, because 16-bit output would be dithered at random: two runs, two results. The
 * timestamps are counted anew last, because containers carry ragged ones that would cut a fragment a frame early.
 */
export function filterChain(codec: Codec, source: RungSource, part: EncodedPart = WHOLE): string {
  const rateHz = renditionRate(codec, source.sampleRateHz);
  const format = { aac: 'fltp', opus: 'flt', flac: isDeep(source) ? 's32' : 's16' }[codec];
  const pan = stereoPan(source.channels, source.channelLayout);
  const mixes = source.channels > 2;
  const { skippedSamples, keptSamples, leadFrames } = part.cut;
  return [
    ...part.access,
    ...(mixes ? ['aformat=sample_fmts=fltp', pan] : []),
    ...(rateHz === source.sampleRateHz
      ? []
      : ['aformat=sample_fmts=fltp', `aresample=${rateHz}:resampler=soxr:precision=20`]),
    ...countedTrim(skippedSamples, keptSamples === null ? null : skippedSamples + keptSamples),
    ...(mixes ? [] : [pan]),
    `aformat=sample_fmts=${format}:channel_layouts=stereo`,
    ...(leadFrames === 0 ? [] : [`asetnsamples=n=${FRAMING[codec].frameSamples}:p=0`]),
    'asettb=1/sr',
    `asetpts=N${leadFrames === 0 ? '' : jumpBehindLead(codec, rateHz, leadFrames)}`,
  ].join(',');
}

/**
 * The time jumps by a whole fragment where the lead ends. So the muxer closes a fragment there, and lead and music
 * never share one. The frame that the encoder makes last of the lead reaches back to the one before by its priming.
 */
const jumpBehindLead = (codec: Codec, rateHz: number, leadFrames: number): string =>
  `+gte(N\\,${(leadFrames - 1) * FRAMING[codec].frameSamples})*${FRAGMENT_SECONDS * rateHz}`;
