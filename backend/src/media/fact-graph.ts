import { stereoPan } from './downmix.js';
import { MONO_RATE_HZ } from './mono-analysis.js';
import type { Probe } from './probe.js';
import type { Branch } from './sound-facts.js';

/** As long as AcoustID's own program listens; whole files are told apart by their length beside it. */
const FINGERPRINT_SECONDS = 120;

/**
 * Pure: one decode, a branch for each kind of fact. Samples for counting as they are; the meter, the fingerprint and the
 * mono stream hear what a listener hears.
 */
export function factGraph(
  source: Pick<Probe, 'channels' | 'channelLayout' | 'sampleRateHz'>,
  branches: ReadonlySet<Branch>,
  /** What cuts a range out of the stream (see rangeAccess). */
  access: readonly string[] = [],
): string {
  const pan = stereoPan(source.channels, source.channelLayout);
  // Said for two channels too: a stream that does not name its layout would be refused by the meter.
  const mix = source.channels > 2 ? `aformat=sample_fmts=fltp,${pan}` : pan;
  const heard = HEARD.filter(({ branch }) => branches.has(branch));
  const parts = [...(branches.has('pcm') ? ['own'] : []), ...(heard.length > 0 ? ['heard'] : []), 'form'];
  return [
    `[0:a:0]${[...access, split(parts)].join(',')}`,
    // A change of channels or rate begins all filters anew: each beginning is told once (TextTail.beginnings).
    '[form]aselect=eq(n\\,0),ashowinfo,anullsink',
    ...(branches.has('pcm') ? ['[own]aformat=sample_fmts=s16[pcm]'] : []),
    ...(heard.length > 0 ? [`[heard]${mix},${split(heard.map(({ branch }) => `to_${branch}`))}`] : []),
    ...heard.map(({ branch, filters }) => `[to_${branch}]${filters(source.sampleRateHz)}[${branch}]`),
  ].join(';');
}

const HEARD = [
  {
    branch: 'loudness',
    // Its ten lines a second are the only form in which both ffmpegs tell momentary levels without another pipe.
    filters: () => 'ebur128=peak=true:framelog=info',
  },
  {
    branch: 'mono',
    filters: () => `pan=mono|c0=0.5*c0+0.5*c1,aresample=${MONO_RATE_HZ},aformat=sample_fmts=s16`,
  },
  {
    branch: 'fingerprint',
    // By samples: timestamps of a range begin where it lies in its file.
    filters: (sampleRateHz: number) =>
      `atrim=end_sample=${FINGERPRINT_SECONDS * sampleRateHz},aformat=sample_fmts=s16`,
  },
] as const;

const split = (names: readonly string[]): string =>
  `asplit=${names.length}${names.map((name) => `[${name}]`).join('')}`;
