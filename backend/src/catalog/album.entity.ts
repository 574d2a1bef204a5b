import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Files with one merge key (album-identity.ts); listed while it has a track that can be heard. */
@Entity({ name: 'albums' })
export class Album {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text', { name: 'merge_key', unique: true }) mergeKey!: string;
  @Column('text') title!: string;
  @Column('text', { name: 'sort_title', nullable: true }) sortTitle!: string | null;
  @Column({ type: 'text', name: 'sort_key', collation: 'C' }) sortKey!: string;
  @Column({ type: 'text', name: 'artist_sort_key', collation: 'C' }) artistSortKey!: string;
  @Column('text', { name: 'artist_text' }) artistText!: string;
  @Column('boolean', { default: false }) compilation!: boolean;
  @Column('int', { nullable: true }) year!: number | null;
  @Column('text', { name: 'release_date', nullable: true }) releaseDate!: string | null;
  @Column('text', { name: 'original_date', nullable: true }) originalDate!: string | null;
  @Column('text', { name: 'release_type', nullable: true }) releaseType!: string | null;
  @Column('text', { name: 'release_types', array: true, default: () => `'{}'` }) releaseTypes!: string[];
  @Column('text', { nullable: true }) label!: string | null;
  @Column('text', { name: 'catalog_number', nullable: true }) catalogNumber!: string | null;
  @Column('int', { name: 'disc_total', nullable: true }) discTotal!: number | null;
  @Column('uuid', { name: 'musicbrainz_id', nullable: true }) musicBrainzId!: string | null;
  @Column('uuid', { name: 'musicbrainz_group_id', nullable: true }) musicBrainzGroupId!: string | null;
  @Column('uuid', { name: 'artwork_id', nullable: true }) artworkId!: string | null;
  @Column('int', { name: 'track_count', default: 0 }) trackCount!: number;
  @Column('bigint', { name: 'duration_ms', default: 0 }) durationMs!: string;
  @Column('text', { name: 'search_text', default: '' }) searchText!: string;
  @Column('timestamptz', { name: 'added_at', default: () => 'now()' }) addedAt!: Date;
}
