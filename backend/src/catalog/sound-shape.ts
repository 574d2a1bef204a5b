import { cutoffVerdict } from '../media/cutoff-rules.js';
import { TONICS } from '../media/tonics.js';
import type { TrackSoundDto } from './catalog.dto.js';

/** One object a track, null without a row; the numbers of samples are far below what a double holds exactly. */
export const SOUND_COLUMN = `
  (SELECT json_build_object(
     'leadingSilenceSamples', leading_silence_samples, 'trailingSilenceSamples', trailing_silence_samples,
     'clippedRuns', clipped_runs, 'clippedSamples', clipped_samples, 'longestClipSamples', longest_clip_samples,
     'cutoffHz', cutoff_hz, 'cutoffDropDb', cutoff_drop_db,
     'bpm', track_sound.bpm, 'bpmAlternative', bpm_alternative, 'bpmConfidence', bpm_confidence,
     'keyTonic', key_tonic, 'keyMode', key_mode, 'keyConfidence', key_confidence, 'energy', energy)
   FROM track_sound WHERE track_id = tracks.id) AS sound`;

export interface SoundRow {
  readonly leadingSilenceSamples: number | null;
  readonly trailingSilenceSamples: number | null;
  readonly clippedRuns: number | null;
  readonly clippedSamples: number | null;
  readonly longestClipSamples: number | null;
  readonly cutoffHz: number | null;
  readonly cutoffDropDb: number | null;
  readonly bpm: number | null;
  readonly bpmAlternative: number | null;
  readonly bpmConfidence: number | null;
  readonly keyTonic: number | null;
  readonly keyMode: 'major' | 'minor' | null;
  readonly keyConfidence: number | null;
  readonly energy: number | null;
}

interface Format {
  readonly sampleRateHz: number | null;
  readonly lossless: boolean | null;
}

/** Pure: a row as the API tells it. */
export function toTrackSound(row: SoundRow, { sampleRateHz, lossless }: Format): TrackSoundDto {
  const ms = (samples: number | null): number | null =>
    samples === null || sampleRateHz === null ? null : Math.round((samples * 1000) / sampleRateHz);
  return {
    leadingSilenceMs: ms(row.leadingSilenceSamples),
    trailingSilenceMs: ms(row.trailingSilenceSamples),
    clipping: clippingOf(row),
    cutoff: cutoffOf(row, { sampleRateHz, lossless }),
    tempo: tempoOf(row),
    key: keyOf(row),
    energy: row.energy,
  };
}

const clippingOf = ({
  clippedRuns,
  clippedSamples,
  longestClipSamples,
}: SoundRow): TrackSoundDto['clipping'] =>
  clippedRuns === null || clippedSamples === null || longestClipSamples === null
    ? null
    : { runs: clippedRuns, samples: clippedSamples, longestSamples: longestClipSamples };

function cutoffOf(
  { cutoffHz, cutoffDropDb }: SoundRow,
  { sampleRateHz, lossless }: Format,
): TrackSoundDto['cutoff'] {
  if (cutoffHz === null || cutoffDropDb === null || sampleRateHz === null) return null;
  const verdict = cutoffVerdict({ cutoffHz, cutoffDropDb, sampleRateHz, lossless: lossless === true });
  return { hz: cutoffHz, dropDb: cutoffDropDb, verdict };
}

const tempoOf = ({ bpm, bpmAlternative, bpmConfidence }: SoundRow): TrackSoundDto['tempo'] =>
  bpm === null || bpmAlternative === null || bpmConfidence === null
    ? null
    : { bpm, alternativeBpm: bpmAlternative, confidence: bpmConfidence };

function keyOf({ keyTonic, keyMode, keyConfidence }: SoundRow): TrackSoundDto['key'] {
  const tonic = keyTonic === null ? undefined : TONICS[keyTonic];
  if (tonic === undefined || keyMode === null || keyConfidence === null) return null;
  return { tonic, mode: keyMode, confidence: keyConfidence };
}
