import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One piece of music in a file. The sound columns hold the header’s word until the file is decoded. */
@Entity({ name: 'tracks' })
export class Track {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('uuid', { name: 'file_id' }) fileId!: string;
  /** Of its file; the database keeps it so. */
  @Column('uuid', { name: 'library_id' }) libraryId!: string;
  @Column('smallint', { name: 'file_index', default: 0 }) fileIndex!: number;
  @Column('bigint', { name: 'from_sample', nullable: true }) fromSample!: string | null;
  @Column('bigint', { name: 'to_sample', nullable: true }) toSample!: string | null;
  @Column('uuid', { name: 'album_id' }) albumId!: string;
  @Column('text') title!: string;
  @Column('text', { name: 'sort_title', nullable: true }) sortTitle!: string | null;
  @Column({ type: 'text', name: 'sort_key', collation: 'C' }) sortKey!: string;
  @Column('text', { name: 'artist_text' }) artistText!: string;
  @Column({ type: 'text', name: 'artist_sort_key', collation: 'C' }) artistSortKey!: string;
  @Column('int', { name: 'track_number', nullable: true }) trackNumber!: number | null;
  @Column('int', { name: 'track_total', nullable: true }) trackTotal!: number | null;
  @Column('int', { name: 'disc_number', nullable: true }) discNumber!: number | null;
  @Column('text', { name: 'disc_title', nullable: true }) discTitle!: string | null;
  @Column('int', { nullable: true }) year!: number | null;
  @Column('text', { nullable: true }) date!: string | null;
  @Column('text', { nullable: true }) isrc!: string | null;
  @Column('uuid', { name: 'musicbrainz_id', nullable: true }) musicBrainzId!: string | null;
  @Column('uuid', { name: 'musicbrainz_track_id', nullable: true }) musicBrainzTrackId!: string | null;
  @Column('text', { nullable: true }) comment!: string | null;
  @Column('real', { nullable: true }) bpm!: number | null;
  @Column('real', { name: 'replaygain_track_db', nullable: true }) replaygainTrackDb!: number | null;
  @Column('real', { name: 'replaygain_album_db', nullable: true }) replaygainAlbumDb!: number | null;
  @Column('uuid', { name: 'artwork_id', nullable: true }) artworkId!: string | null;
  @Column('text', { nullable: true }) codec!: string | null;
  @Column('text', { nullable: true }) container!: string | null;
  @Column('boolean', { nullable: true }) lossless!: boolean | null;
  @Column('int', { name: 'sample_rate_hz', nullable: true }) sampleRateHz!: number | null;
  @Column('int', { name: 'bit_depth', nullable: true }) bitDepth!: number | null;
  @Column('int', { nullable: true }) channels!: number | null;
  @Column('int', { name: 'bitrate_kbps', nullable: true }) bitrateKbps!: number | null;
  @Column('bigint', { name: 'duration_ms', nullable: true }) durationMs!: string | null;
  @Column('bigint', { name: 'sample_count', nullable: true }) sampleCount!: string | null;
  @Column('real', { name: 'integrated_lufs', nullable: true }) integratedLufs!: number | null;
  @Column('real', { name: 'true_peak_dbtp', nullable: true }) truePeakDbtp!: number | null;
  @Column('bytea', { nullable: true }) peaks!: Buffer | null;
  @Column('boolean', { default: true }) available!: boolean;
  @Column('text', { name: 'search_text', default: '' }) searchText!: string;
  @Column('timestamptz', { name: 'added_at', default: () => 'now()' }) addedAt!: Date;
}
