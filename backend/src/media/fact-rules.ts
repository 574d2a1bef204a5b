import { MediaError } from './media-error.js';
import type { Probe } from './probe.js';
import type { Promised } from './promised-length.js';

export interface Decoded {
  readonly source: Pick<Probe, 'sampleRateHz' | 'probeScore'>;
  readonly promised: Promised;
  readonly sampleCount: number;
  /** Complaints of the decoder. */
  readonly errors: number;
}

/** Encoders pad and decoders trim up to a twentieth of a second; what is missing beyond this was cut off. */
const MISSING_SECONDS = 0.2;
/** Below this ffmpeg itself doubts that the format it took is the right one. */
const DOUBTFUL_SCORE = 25;
/** Frames of every codec here hold about this many samples: one complaint is about one lost frame. */
const SAMPLES_AN_ERROR = 1024;

/**
 * Pure: whether a decoded file is music, in whole. Throws MediaError NOT_AUDIO, NO_SAMPLES, TRUNCATED or UNDECODABLE;
 * returns warnings about a file that plays all the same. A scratch in the middle is a warning; a missing end is not,
 * because a listener would take it for the end of the music.
 */
export function judge({ source, promised, sampleCount, errors }: Decoded): string[] {
  if (errors > 0 && source.probeScore <= DOUBTFUL_SCORE)
    throw new MediaError('NOT_AUDIO', 'This is not an audio file, whatever its name says.');
  if (sampleCount === 0)
    throw errors > 0
      ? new MediaError('UNDECODABLE', 'The sound in this file cannot be decoded: it is damaged.')
      : new MediaError('NO_SAMPLES', 'There is no sound in this file: it is zero seconds long.');
  if (errors * SAMPLES_AN_ERROR > sampleCount)
    throw new MediaError('UNDECODABLE', 'Most of the sound in this file cannot be decoded: it is damaged.');
  rejectCut(promised, sampleCount, source.sampleRateHz);
  return errors > 0 ? [`Parts of this file are damaged: the decoder complained ${errors} times.`] : [];
}

function rejectCut(promised: Promised, sampleCount: number, rateHz: number): void {
  if (promised.kind === 'cut')
    throw new MediaError('TRUNCATED', 'The file is cut off: it ends before its own header says.');
  if (promised.kind === 'samples' && promised.samples - sampleCount > MISSING_SECONDS * rateHz)
    throw new MediaError(
      'TRUNCATED',
      `The file is cut off: it holds ${clock(sampleCount / rateHz)} of ${clock(promised.samples / rateHz)}.`,
    );
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;
