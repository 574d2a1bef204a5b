import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was told of a track's sound. The layouts of the blobs: media/sound-facts.ts, mel-statistics.ts and momentary-levels.ts. */
@Entity({ name: 'track_sound' })
export class TrackSound {
  @PrimaryColumn({ type: 'uuid', name: 'track_id' }) readonly trackId!: string;
  @Column('jsonb') versions!: unknown;
  @Column('jsonb') tried!: unknown;
  @Column('timestamptz', { name: 'looked_at', default: () => 'now()' }) lookedAt!: Date;
  @Column('bigint', { name: 'leading_silence_samples', nullable: true }) leadingSilenceSamples!:
    string | null;
  @Column('bigint', { name: 'trailing_silence_samples', nullable: true }) trailingSilenceSamples!:
    string | null;
  @Column('int', { name: 'clipped_runs', nullable: true }) clippedRuns!: number | null;
  @Column('bigint', { name: 'clipped_samples', nullable: true }) clippedSamples!: string | null;
  @Column('int', { name: 'longest_clip_samples', nullable: true }) longestClipSamples!: number | null;
  @Column('int', { name: 'cutoff_hz', nullable: true }) cutoffHz!: number | null;
  @Column('real', { name: 'cutoff_drop_db', nullable: true }) cutoffDropDb!: number | null;
  @Column('bytea', { nullable: true }) fingerprint!: Buffer | null;
  @Column('bytea', { name: 'mel_statistics', nullable: true }) melStatistics!: Buffer | null;
  @Column('bytea', { name: 'momentary_levels', nullable: true }) momentaryLevels!: Buffer | null;
  @Column('real', { nullable: true }) bpm!: number | null;
  @Column('real', { name: 'bpm_alternative', nullable: true }) bpmAlternative!: number | null;
  @Column('real', { name: 'bpm_confidence', nullable: true }) bpmConfidence!: number | null;
  @Column('smallint', { name: 'key_tonic', nullable: true }) keyTonic!: number | null;
  @Column('text', { name: 'key_mode', nullable: true }) keyMode!: string | null;
  @Column('real', { name: 'key_confidence', nullable: true }) keyConfidence!: number | null;
  @Column('real', { nullable: true }) energy!: number | null;
}
