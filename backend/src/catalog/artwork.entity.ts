import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A picture, known by the bytes it was made from; its sizes lie in the object store. */
@Entity({ name: 'artworks' })
export class Artwork {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('bytea', { name: 'source_hash', unique: true }) sourceHash!: Buffer;
  @Column('int') width!: number;
  @Column('int') height!: number;
  @Column('text') color!: string;
  @Column('text') placeholder!: string;
  /** The list whose cover it is; null: a picture of the catalogue. */
  @Column('uuid', { name: 'playlist_id', nullable: true }) playlistId!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}
