import { breaksOf, difference, withoutSilentEnds } from './compare-sound.js';
import { CD, writeCutAlbum, type CutTrack, type Format } from './cut-album.js';
import { expectedSound } from './expected-sound.js';
import { GaplessRoom, hearToTheEnd, play, takeOut } from './gapless-room.js';
import { stallsOf, watchStalls } from './playing.js';
import { hearTogether } from './side-by-side.js';

const nameOf = ({ sampleRateHz, channels, bits }: Format): string =>
  `${sampleRateHz / 1000} kHz ${bits} bit ${channels === 1 ? 'mono' : 'stereo'}`;

const HZ = 440;
const AMPLITUDE = 0.4;
const SINE = `${AMPLITUDE}*sin(2*PI*${HZ}*t)`;
/**
 * Odd counts of samples, but for the second: that one has whole periods at any rate, so that the sine goes on where it
 * is taken out. Short, for it all sounds in real time.
 */
const SECONDS = [1.9, 1, 0.9, 0.7];

/** A format, and the one that stands between tracks of it. */
export type Pair = readonly [format: Format, other: Format];
export const nameOfPair = ([format, other]: Pair): string => `${nameOf(format)} with ${nameOf(other)}`;

/** One sine, cut into a format, the same again, the other format, and the first again: all joins of the two. */
const tracksOf = (pair: Pair): readonly CutTrack[] =>
  [pair[0], pair[0], pair[1], pair[0]].map((each, at) => ({
    ...each,
    title: `${nameOfPair(pair)} ${at + 1}`,
    samples: Math.round((SECONDS[at] ?? 1) * each.sampleRateHz) | (at === 1 ? 0 : 1),
    sound: SINE,
  }));

const CODECS = ['opus', 'aac', 'flac'] as const;
type JoinedCodec = (typeof CODECS)[number];

const FORMATS: readonly Format[] = ([44_100, 48_000, 96_000] as const).flatMap((sampleRateHz) =>
  ([1, 2] as const).flatMap((channels) =>
    ([16, 24] as const).map((bits) => ({ sampleRateHz, channels, bits })),
  ),
);

export const WITH_CD = FORMATS.map((format): Pair => [format, CD]);
/** Any two formats: 66 pairs. */
export const ALL_PAIRS = FORMATS.flatMap((format, at) =>
  FORMATS.slice(at + 1).map((other): Pair => [format, other]),
);

/** A house with an album of each pair. */
export const openJoinsRoom = (pairs: readonly Pair[]): Promise<GaplessRoom> =>
  GaplessRoom.open(async (tones) => {
    for (const pair of pairs) await writeCutAlbum(tones, nameOfPair(pair), tracksOf(pair));
  }, pairs.length * SECONDS.length);

/** What a codec plays a format at; the recorder takes it at the rate of the first track. */
const rateOf = (codec: JoinedCodec, { sampleRateHz }: Format): number =>
  codec === 'opus' || (codec === 'aac' && sampleRateHz === 96_000) ? 48_000 : sampleRateHz;

export interface HeardJoins {
  /** From ffmpeg's decoding, at most; null where rates differ, and a resampler of the browser's own stands between. */
  readonly off: number | null;
  /** Longer than the music is. */
  readonly excessSeconds: number;
  readonly silence: number;
  readonly step: number;
  /** Where the player had nothing to play: a silence without one is the machine's, which had no time for the sound. */
  readonly stalls: readonly number[];
}

/** One and the same sine all along: nothing near silence for longer than it crosses zero, no step like a jump of its phase. */
export const LIMITS = { off: 0.0001, excessSeconds: 0.001, silence: 3, step: AMPLITUDE * 0.15 } as const;

/** Plays an album of `tracksOf` and then, in the same page, without its second track. */
const hearJoins = async (
  room: GaplessRoom,
  codec: JoinedCodec,
  pair: Pair,
): Promise<readonly HeardJoins[]> => {
  const titles = tracksOf(pair).map(({ title }) => title);
  const items = await room.encoded(codec, titles);
  const rateHz = rateOf(codec, pair[0]);
  const isExact = rateHz === rateOf(codec, pair[1]);
  const watched = await room.listen(codec, nameOfPair(pair), rateHz);
  const heardBy = async (edit: () => Promise<void>, skipped: number): Promise<HeardJoins> => {
    await watchStalls(watched.page);
    await play(watched);
    await edit();
    const heard = await hearToTheEnd(watched, titles.at(-1) ?? '');
    const queued = items.filter((_, at) => at !== skipped);
    const seconds = queued.reduce((sum, { samples, sampleRateHz }) => sum + samples / sampleRateHz, 0);
    const stalls = await stallsOf(watched.page);
    const found = { excessSeconds: heard.length / rateHz - seconds, ...breaksOf(heard), stalls };
    if (!isExact) return { off: null, ...found };
    const expected = await expectedSound(room.music, codec, queued, watched.media);
    return { off: difference(heard, withoutSilentEnds(expected)).most, ...found };
  };
  const all = await heardBy(() => Promise.resolve(), -1);
  const edited = await heardBy(() => takeOut(watched, titles[1] ?? ''), 1);
  const { complaints } = watched;
  await watched.close();
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  return [all, edited];
};

/** What of it is beyond the limits: nothing, where all joins are as they should be. */
const faultsOf = (heard: readonly HeardJoins[]): readonly Partial<HeardJoins>[] =>
  heard.filter(
    ({ off, excessSeconds, silence, step }) =>
      (off !== null && off > LIMITS.off) ||
      Math.abs(excessSeconds) > LIMITS.excessSeconds ||
      silence > LIMITS.silence ||
      step > LIMITS.step,
  );

/** The faults of each codec; none, where all joins of a pair are as they should be. */
export const joinFaults = (room: GaplessRoom, pair: Pair) =>
  hearTogether(
    CODECS,
    async (codec) => faultsOf(await hearJoins(room, codec, pair)),
    ({ length }) => length === 0,
  );

export const NO_FAULTS = CODECS.map(() => []);
