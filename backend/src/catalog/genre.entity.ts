import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A genre as the first file spelt it. */
@Entity({ name: 'genres' })
export class Genre {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'name_key', unique: true }) nameKey!: string;
  @Column({ type: 'text', name: 'sort_key', collation: 'C' }) sortKey!: string;
  @Column('int', { name: 'track_count', default: 0 }) trackCount!: number;
}
