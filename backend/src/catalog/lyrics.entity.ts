import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One text of a track; synced ones are in LRC’s form. */
@Entity({ name: 'lyrics' })
export class Lyrics {
  @PrimaryColumn({ type: 'uuid', name: 'track_id' }) readonly trackId!: string;
  @PrimaryColumn({ type: 'smallint', name: 'position' }) readonly position!: number;
  @Column('text', { nullable: true }) language!: string | null;
  @Column('boolean') synced!: boolean;
  @Column('text') text!: string;
}
