import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who did what on a track; the roles are those of credits.ts. */
@Entity({ name: 'track_artists' })
export class TrackArtist {
  @PrimaryColumn({ type: 'uuid', name: 'track_id' }) readonly trackId!: string;
  @PrimaryColumn({ type: 'text', name: 'role' }) readonly role!: string;
  @PrimaryColumn({ type: 'smallint', name: 'position' }) readonly position!: number;
  @Column('uuid', { name: 'artist_id' }) artistId!: string;
}
