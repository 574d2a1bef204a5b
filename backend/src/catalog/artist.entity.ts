import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Listed while it has a track or an album; a name that nobody carries any more stays as a row, unseen. */
@Entity({ name: 'artists' })
export class Artist {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'name_key' }) nameKey!: string;
  @Column('text', { name: 'sort_name' }) sortName!: string;
  @Column({ type: 'text', name: 'sort_key', collation: 'C' }) sortKey!: string;
  @Column('uuid', { name: 'musicbrainz_id', nullable: true }) musicBrainzId!: string | null;
  @Column('int', { name: 'album_count', default: 0 }) albumCount!: number;
  @Column('int', { name: 'track_count', default: 0 }) trackCount!: number;
  @Column('text', { name: 'search_text', default: '' }) searchText!: string;
  @Column('timestamptz', { name: 'added_at', default: () => 'now()' }) addedAt!: Date;
}
