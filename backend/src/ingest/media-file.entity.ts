import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A file of a library by its path below the root, in bytes; displayPath is what people read. */
@Entity({ name: 'files' })
export class MediaFile {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('uuid', { name: 'library_id' }) libraryId!: string;
  @Column('uuid', { name: 'folder_id', nullable: true }) folderId!: string | null;
  @Column('bytea') path!: Buffer;
  @Column('text', { name: 'display_path' }) displayPath!: string;
  @Column('bigint', { name: 'size_bytes' }) sizeBytes!: string;
  @Column('bigint', { name: 'mtime_ns' }) mtimeNs!: string;
  @Column('bigint') inode!: string;
  @Column('text') state!: string;
  @Column('text', { name: 'reject_code', nullable: true }) rejectCode!: string | null;
  @Column('text', { name: 'reject_reason', nullable: true }) rejectReason!: string | null;
  @Column('bytea', { name: 'audio_hash', nullable: true }) audioHash!: Buffer | null;
  @Column('bigint', { name: 'audio_bytes', nullable: true }) audioBytes!: string | null;
  @Column('smallint', { name: 'tags_version', default: 0 }) tagsVersion!: number;
  @Column('smallint', { name: 'facts_version', default: 0 }) factsVersion!: number;
  @Column('text', { name: 'ffmpeg_version', nullable: true }) ffmpegVersion!: string | null;
  @Column('boolean', { name: 'changes_form', default: false }) changesForm!: boolean;
  @Column('text', { name: 'cue_problem', nullable: true }) cueProblem!: string | null;
  @Column('timestamptz', { name: 'added_at', default: () => 'now()' }) addedAt!: Date;
  @Column('timestamptz', { name: 'missing_since', nullable: true }) missingSince!: Date | null;
}
