import type { SoundFacts } from '../media/sound-facts.js';

export type ColumnValues = Readonly<Record<string, number | string | Buffer | null>>;

/** Pure: the columns of `tracks` that a decode told anew. */
export const trackColumns = ({ pcm, loudness }: SoundFacts): ColumnValues => ({
  ...(pcm === null ? {} : { peaks: Buffer.from(pcm.peaks) }),
  ...(loudness === null
    ? {}
    : { integrated_lufs: loudness.integratedLufs, true_peak_dbtp: loudness.truePeakDbtp }),
});

/** Pure: the columns of `track_sound` that a decode told anew; what it did not tell is not among them. */
export const soundColumns = ({ pcm, loudness, fingerprint, mono }: SoundFacts): ColumnValues => ({
  ...(pcm === null
    ? {}
    : {
        leading_silence_samples: pcm.leadingSilenceSamples,
        trailing_silence_samples: pcm.trailingSilenceSamples,
        clipped_runs: pcm.clippedRuns,
        clipped_samples: pcm.clippedSamples,
        longest_clip_samples: pcm.longestClipSamples,
        cutoff_hz: pcm.cutoffHz,
        cutoff_drop_db: pcm.cutoffDropDb,
      }),
  ...(loudness === null ? {} : { momentary_levels: loudness.momentaryLevels }),
  ...(fingerprint === null ? {} : { fingerprint: fingerprint.length === 0 ? null : fingerprint }),
  ...(mono === null
    ? {}
    : {
        mel_statistics: mono.melStatistics,
        bpm: mono.bpm,
        bpm_alternative: mono.bpmAlternative,
        bpm_confidence: mono.bpmConfidence,
        key_tonic: mono.keyTonic,
        key_mode: mono.keyMode,
        key_confidence: mono.keyConfidence,
        energy: mono.energy,
      }),
});
