import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One text of a track, with its lines where they have times. */
@Entity({ name: 'lyrics' })
export class Lyrics {
  @PrimaryColumn({ type: 'uuid', name: 'track_id' }) readonly trackId!: string;
  @PrimaryColumn({ type: 'smallint', name: 'position' }) readonly position!: number;
  @Column('text', { nullable: true }) language!: string | null;
  @Column('boolean') synced!: boolean;
  /** What is sung, without times. */
  @Column('text') text!: string;
  @Column('text', { default: 'embedded' }) source!: string;
  @Column('text', { nullable: true }) timing!: string | null;
  @Column('jsonb', { nullable: true }) lines!: unknown;
}
